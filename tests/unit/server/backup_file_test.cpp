// The file of a backup: rows come back as they were, and no file that was cut, changed or made up by someone
// is taken for one.
#include "backup/backup_reader.h"
#include "backup/backup_writer.h"

#include "access/token.h"
#include "base/random.h"
#include "deflate/deflate.h"

#include <gtest/gtest.h>

#include <map>

namespace tandem {

namespace {

constexpr int schema = 9; // of all columns that there are
const BackupHeader header{schema, 1'700'000'000'000, "tandem/1"};

const BackupTable& table(std::string_view name) {
    for (const BackupTable& one : backupTables()) {
        if (one.name == name)
            return one;
    }
    ADD_FAILURE() << name;
    return backupTables().front();
}

BackupRow document(const std::string& id, std::int64_t head = 1) {
    return {id,
            std::string("Notes 🎈"),
            std::string("epoch"),
            head,
            std::int64_t{5},
            std::int64_t{6},
            std::string("\0\xFF hash", 7),
            std::int64_t{1},
            std::monostate(),
            std::string("notes"),
            std::int64_t{2}};
}

BackupRow change(const std::string& id, std::int64_t seq, std::string bytes = "bytes") {
    return {id,
            seq,
            std::int64_t{7},
            seq,
            std::int64_t{1'700},
            std::int64_t{1},
            seq % 2 == 0 ? BackupValue(std::string("edit")) : BackupValue(),
            std::move(bytes),
            std::int64_t{0xFFFF'FFFF}};
}

const std::string first = "a-document-of-mine";
const std::string second = "b-document-of-mine";

std::string fileOf(const std::function<Result<void>(BackupWriter&)>& fill) {
    std::string file;
    BackupWriter writer([&](std::string_view bytes) {
        file += bytes;
        return Result<void>();
    });
    EXPECT_TRUE(writer.begin(header).ok());
    EXPECT_TRUE(fill(writer).ok());
    EXPECT_TRUE(writer.end().ok());
    EXPECT_EQ(writer.bytes(), file.size());
    return file;
}

using Rows = std::vector<std::pair<std::string, BackupRow>>;

std::string fileWith(const Rows& rows) {
    return fileOf([&](BackupWriter& writer) -> Result<void> {
        for (const auto& [name, row] : rows) {
            if (auto added = writer.add(table(name), row); !added)
                return added;
        }
        return {};
    });
}

const Rows someRows{
    {"documents", document(first, 3)},
    {"documents", document(second)},
    {"replicas", {first, std::int64_t{7}, std::string(32, 'k'), std::string("Ana")}},
    {"segments", {first, std::int64_t{2}, std::int64_t{1}, std::int64_t{1}, std::string("packed")}},
    {"changes", change(first, 3)},
    {"changes", change(second, 2)},
    {"audit",
     {std::int64_t{1}, std::int64_t{2}, std::string(), std::string("e"), std::string("a"), std::string("d"),
      std::string("r")}},
};

Result<BackupContents> read(std::string_view file, Rows* rows = nullptr) {
    const auto source = [&](std::size_t count) -> Result<std::string> {
        const std::string bytes(file.substr(0, count));
        file.remove_prefix(bytes.size());
        return bytes;
    };
    return readBackup(source, schema, [&](const BackupTable& one, BackupRow row) {
        if (rows)
            rows->emplace_back(one.name, std::move(row));
        return Result<void>();
    });
}

std::string block(char kind, const std::string& packed) {
    std::string bytes(1, kind);
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(packed.size() >> shift & 0xFF);
    bytes += packed;
    return bytes + sha256(bytes);
}

// A file whose checksums are right, of blocks that somebody made up. `counts` of each table.
std::string forged(const std::string& blocks, const std::map<std::string, std::uint64_t>& counts,
                   int version = schema) {
    ByteWriter head;
    head.varint(static_cast<std::uint64_t>(version));
    head.varint(5);
    head.varint(1);
    head.bytes("p");
    std::string file = std::string(backupMagic) + block(headerKind, deflate(std::move(head).take())) + blocks;
    ByteWriter end;
    for (const BackupTable& one : backupTables())
        end.varint(counts.contains(one.name) ? counts.at(one.name) : 0);
    end.bytes(sha256(file));
    return file + block(endKind, deflate(std::move(end).take()));
}

std::string rowsBlock(std::string_view name, const std::vector<BackupRow>& rows) {
    ByteWriter out;
    for (const BackupRow& row : rows)
        writeRow(out, table(name).columns, row);
    return block(table(name).kind, deflate(std::move(out).take()));
}

} // namespace

TEST(BackupFileTest, RowsComeBackAsTheyWere) {
    Rows back;
    const std::string file = fileWith(someRows);
    const auto contents = read(file, &back);
    ASSERT_TRUE(contents.ok()) << contents.error().detail;
    EXPECT_EQ(back, someRows);
    EXPECT_EQ(contents->header.schema, schema);
    EXPECT_EQ(contents->header.madeMs, header.madeMs);
    EXPECT_EQ(contents->header.program, header.program);
    EXPECT_EQ(contents->counts.documents, 2u);
    EXPECT_EQ(contents->counts.changes, 4u);
    EXPECT_EQ(contents->counts.versions, 4u);
    EXPECT_EQ(contents->bytes, file.size());
    EXPECT_TRUE(read(fileWith({})).ok()) << "nothing at all is a backup as well";
}

TEST(BackupFileTest, NumbersComeBackUpToTheirLimits) {
    constexpr std::int64_t most = std::int64_t{1} << 62;
    for (const std::int64_t number : {std::int64_t{0}, std::int64_t{-1}, most - 1, -most}) {
        Rows back;
        ASSERT_TRUE(read(fileWith({{"documents", document(first, number)}}), &back).ok()) << number;
        EXPECT_EQ(std::get<std::int64_t>(back.front().second[3]), number);
    }
    EXPECT_FALSE(
        read(fileWith({{"documents", document(first, std::numeric_limits<std::int64_t>::max())}})).ok());
}

TEST(BackupFileTest, ManyRowsAreManyBlocksAndOneMayBeLarge) {
    SeededRandom random(20'284);
    std::string noise(3 * fullBlockBytes, '\0');
    for (char& c : noise)
        c = static_cast<char>(random.bits());
    Rows rows;
    for (std::int64_t seq = 1; seq <= 100'000; ++seq)
        rows.emplace_back("changes", change(first, seq));
    rows.emplace_back("changes", change(second, 1, noise));
    rows.emplace_back("changes", change(second, 2));
    Rows back;
    ASSERT_TRUE(read(fileWith(rows), &back).ok());
    EXPECT_EQ(back, rows);
}

TEST(BackupFileTest, ARowThatIsTooLargeIsNotWritten) {
    BackupWriter writer([](std::string_view) { return Result<void>(); });
    ASSERT_TRUE(writer.begin(header).ok());
    const auto added =
        writer.add(table("changes"), change(first, 1, std::string(largestBlockBytes + 1, 'x')));
    ASSERT_FALSE(added.ok());
    EXPECT_EQ(added.error().code, ErrorCode::limitExceeded);
}

TEST(BackupFileTest, AFileThatWasCutAnywhereIsRefused) {
    const std::string file = fileWith(someRows);
    for (std::size_t length = 0; length < file.size(); ++length) {
        const auto contents = read(std::string_view(file).substr(0, length));
        ASSERT_FALSE(contents.ok()) << length;
        EXPECT_EQ(contents.error().code, ErrorCode::malformed);
    }
    EXPECT_FALSE(read(file + "x").ok());
    EXPECT_FALSE(read(file + file).ok());
}

TEST(BackupFileTest, AFileInWhichAnyBitWasFlippedIsRefused) {
    const std::string file = fileWith(someRows);
    for (std::size_t at = 0; at < file.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string damaged = file;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
            ASSERT_FALSE(read(damaged).ok()) << at << " " << bit;
        }
    }
}

TEST(BackupFileTest, BlocksThatWereTakenOutDoubledOrExchangedAreRefused) {
    const std::string one = rowsBlock("documents", {document(first)});
    const std::string other = rowsBlock("documents", {document(second)});
    EXPECT_TRUE(read(forged(one + other, {{"documents", 2}})).ok());
    EXPECT_FALSE(read(forged(one + other, {{"documents", 3}})).ok()) << "another number of rows";
    EXPECT_FALSE(read(forged(other + one, {{"documents", 2}})).ok()) << "another order";
    EXPECT_FALSE(read(forged(one + one, {{"documents", 2}})).ok()) << "twice the same";
    std::string without = forged(one + other, {{"documents", 2}});
    without.erase(without.find(other), other.size());
    EXPECT_FALSE(read(without).ok()) << "one is missing";
}

TEST(BackupFileTest, RowsThatNobodyWroteAreRefused) {
    const auto isTaken = [](std::string_view name, const std::vector<BackupRow>& rows) {
        return read(forged(rowsBlock(name, rows), {{std::string(name), rows.size()}})).ok();
    };
    EXPECT_TRUE(isTaken("documents", {document(first), document(second)}));
    EXPECT_FALSE(isTaken("documents", {document(second), document(first)})) << "out of order";
    EXPECT_FALSE(isTaken("documents", {document(first), document(first)})) << "twice";
    EXPECT_FALSE(isTaken("documents", {document("short")})) << "no id of a document";
    BackupRow row = document(first);
    row[1] = std::string("\xFF");
    EXPECT_FALSE(isTaken("documents", {row})) << "no UTF-8";
    EXPECT_TRUE(isTaken("changes", {change(first, 1), change(first, 2)}));
    EXPECT_FALSE(isTaken("changes", {change(first, 2), change(first, 1)}));

    const std::string documents = rowsBlock("documents", {document(first)});
    const std::string changes = rowsBlock("changes", {change(first, 1)});
    EXPECT_TRUE(read(forged(documents + changes, {{"documents", 1}, {"changes", 1}})).ok());
    EXPECT_FALSE(read(forged(changes + documents, {{"documents", 1}, {"changes", 1}})).ok())
        << "tables out of order";
    EXPECT_FALSE(read(forged(block('?', deflate("x")), {})).ok()) << "an unknown table";
    EXPECT_FALSE(read(forged(block('d', deflate("x")), {{"documents", 1}})).ok()) << "half a row";
    EXPECT_FALSE(read(forged(block('d', "no zlib"), {})).ok());
}

TEST(BackupFileTest, BlocksThatWouldTakeMuchMemoryAreRefused) {
    std::string large(1, 'd');
    large += "\xFF\xFF\xFF\x7F"; // says that it has 2 GiB
    EXPECT_FALSE(read(std::string(backupMagic) + large).ok());
    const std::string bomb = deflate(std::string(largestBlockBytes + 1, '\0'));
    EXPECT_LT(bomb.size(), std::size_t{1024 * 1024});
    EXPECT_FALSE(read(forged(block('d', bomb), {})).ok());
}

TEST(BackupFileTest, ABackupOfNewerTablesOrOfNoKnownOnesIsRefused) {
    EXPECT_TRUE(read(forged({}, {})).ok());
    const auto newer = read(forged({}, {}, schema + 1));
    ASSERT_FALSE(newer.ok());
    EXPECT_EQ(newer.error().code, ErrorCode::unavailable);
    EXPECT_TRUE(newer.error().detail.starts_with("It was made by a newer version of tandem-server"));
    EXPECT_FALSE(read(forged({}, {}, firstSchema - 1)).ok());
    EXPECT_FALSE(read(forged(rowsBlock("documents", {document(first)}), {{"documents", 1}}, 0)).ok());
}

TEST(BackupFileTest, ErrorsOfWhereItComesFromAndGoesToEndIt) {
    const std::string file = fileWith(someRows);
    const auto broken = [](std::size_t) -> Result<std::string> {
        return Error{ErrorCode::internal, "a disk that breaks"};
    };
    const auto ignore = [](const BackupTable&, const BackupRow&) { return Result<void>(); };
    EXPECT_EQ(readBackup(broken, schema, ignore).error().code, ErrorCode::internal);
    std::size_t room = 0;
    for (; room < file.size(); room += 7) {
        std::size_t left = room;
        BackupWriter writer([&](std::string_view bytes) -> Result<void> {
            if (bytes.size() > left)
                return Error{ErrorCode::unavailable, "full"};
            left -= bytes.size();
            return {};
        });
        auto done = writer.begin(header);
        for (const auto& [name, row] : someRows) {
            if (done)
                done = writer.add(table(name), row);
        }
        if (done)
            done = writer.end();
        EXPECT_FALSE(done.ok()) << room;
    }
}

} // namespace tandem
