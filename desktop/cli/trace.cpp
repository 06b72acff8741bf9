#include "cli/trace.h"

#include "base/utf8.h"
#include "cli/gzip.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <memory>

namespace tandem {

namespace {
using Json = nlohmann::json;

constexpr std::size_t maxTraceBytes = std::size_t{512} * 1024 * 1024;

Error malformed(std::string detail) {
    return {ErrorCode::malformed, std::move(detail)};
}

const Json* field(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

Result<std::u32string> textField(const Json& object, const char* name) {
    const Json* text = field(object, name);
    if (!text || !text->is_string())
        return malformed(std::string("\"") + name + "\" must be a string");
    return fromUtf8(text->get_ref<const std::string&>());
}

Result<std::size_t> number(const Json& value, const char* what) {
    if (!value.is_number_unsigned())
        return malformed(std::string(what) + " must be a number from 0");
    return value.get<std::size_t>();
}

Result<Splice> parsePatch(const Json& patch) {
    if (!patch.is_array() || patch.size() != 3 || !patch[2].is_string())
        return malformed("a patch must be [position, deleted, inserted]");
    const Result<std::size_t> position = number(patch[0], "a position");
    if (!position)
        return position.error();
    const Result<std::size_t> deleted = number(patch[1], "a number of deleted characters");
    if (!deleted)
        return deleted.error();
    Result<std::u32string> inserted = fromUtf8(patch[2].get_ref<const std::string&>());
    if (!inserted)
        return inserted.error();
    return Splice{*position, *deleted, std::move(inserted).value()};
}

Result<void> parsePatches(const Json& json, Trace::Transaction& transaction) {
    const Json* patches = field(json, "patches");
    if (!patches || !patches->is_array())
        return malformed("\"patches\" must be an array");
    transaction.patches.reserve(patches->size());
    for (const Json& patch : *patches) {
        Result<Splice> splice = parsePatch(patch);
        if (!splice)
            return splice.error();
        transaction.patches.push_back(std::move(splice).value());
    }
    return {};
}

// `index` is the transaction's own: parents come before it.
Result<void> parseOrigin(const Json& json, std::size_t index, std::size_t agentCount,
                         Trace::Transaction& transaction) {
    const Json* agent = field(json, "agent");
    if (!agent || !agent->is_number_unsigned() || agent->get<std::size_t>() >= agentCount)
        return malformed("\"agent\" must be a number below \"numAgents\"");
    transaction.agent = agent->get<std::size_t>();
    const Json* parents = field(json, "parents");
    if (!parents || !parents->is_array())
        return malformed("\"parents\" must be an array");
    for (const Json& parent : *parents) {
        if (!parent.is_number_unsigned() || parent.get<std::size_t>() >= index)
            return malformed("a parent must be the number of an earlier transaction");
        transaction.parents.push_back(parent.get<std::size_t>());
    }
    return {};
}

Result<Trace::Transaction> parseTransaction(const Json& json, std::size_t index, const Trace& trace) {
    if (!json.is_object())
        return malformed("it must be an object");
    Trace::Transaction transaction;
    if (trace.kind == Trace::Kind::concurrent) {
        if (const Result<void> origin = parseOrigin(json, index, trace.agentCount, transaction); !origin)
            return origin.error();
    }
    if (const Result<void> patches = parsePatches(json, transaction); !patches)
        return patches.error();
    return transaction;
}

Result<void> parseKind(const Json& json, Trace& trace) {
    const Json* kind = field(json, "kind");
    if (!kind || *kind == "sequential")
        return {};
    if (*kind != "concurrent")
        return malformed("\"kind\" must be \"sequential\" or \"concurrent\"");
    trace.kind = Trace::Kind::concurrent;
    const Json* agents = field(json, "numAgents");
    if (!agents || !agents->is_number_unsigned() || agents->get<std::size_t>() == 0)
        return malformed("\"numAgents\" must be a number from 1");
    trace.agentCount = agents->get<std::size_t>();
    return {};
}

Result<void> parseContents(const Json& json, Trace& trace) {
    if (trace.kind == Trace::Kind::sequential || field(json, "startContent")) {
        Result<std::u32string> start = textField(json, "startContent");
        if (!start)
            return start.error();
        trace.startContent = std::move(start).value();
    }
    Result<std::u32string> end = textField(json, "endContent");
    if (!end)
        return end.error();
    trace.endContent = std::move(end).value();
    return {};
}

Result<std::string> readFile(const std::string& path) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    std::string bytes;
    std::array<char, 64 * 1024> buffer;
    while (file && !std::feof(file.get()) && !std::ferror(file.get()))
        bytes.append(buffer.data(), std::fread(buffer.data(), 1, buffer.size(), file.get()));
    if (!file || std::ferror(file.get()))
        return Error{ErrorCode::notFound, "the file cannot be read"};
    return bytes;
}
} // namespace

std::size_t Trace::patchCount() const {
    std::size_t count = 0;
    for (const Transaction& transaction : transactions)
        count += transaction.patches.size();
    return count;
}

Result<Trace> parseTrace(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return malformed("it is not valid JSON");
    if (!json.is_object())
        return malformed("a trace must be a JSON object");
    Trace trace;
    if (const Result<void> kind = parseKind(json, trace); !kind)
        return kind.error();
    if (const Result<void> contents = parseContents(json, trace); !contents)
        return contents.error();
    const Json* transactions = field(json, "txns");
    if (!transactions || !transactions->is_array())
        return malformed("\"txns\" must be an array");
    trace.transactions.reserve(transactions->size());
    for (const Json& transaction : *transactions) {
        const std::size_t index = trace.transactions.size();
        Result<Trace::Transaction> parsed = parseTransaction(transaction, index, trace);
        if (!parsed)
            return malformed("transaction " + std::to_string(index) + ": " + parsed.error().detail);
        trace.transactions.push_back(std::move(parsed).value());
    }
    return trace;
}

Result<Trace> readTrace(const std::string& path) {
    const Result<std::string> bytes = readFile(path);
    if (!bytes)
        return bytes.error();
    if (!isGzip(*bytes))
        return parseTrace(*bytes);
    const Result<std::string> content = gunzip(*bytes, maxTraceBytes);
    if (!content)
        return content.error();
    return parseTrace(*content);
}

} // namespace tandem
