// The same replica, whatever it is compiled for: sessions of random edits with the bytes that must come of
// them.
//   tandem-conformance make SEEDS   prints the corpus
//   tandem-conformance check FILE   plays it; check.mjs does so in WebAssembly
//
// Each line is a step of one replica (0 to 2), with bytes in hexadecimal digits:
//   edit R AUTHOR INDEX DELETED UTF16 CHANGE   a local edit, and the change it makes
//   apply R CHANGE                             a change of another one
//   text R UTF8                                what the text is
//   snapshot R BYTES                           what the replica is as a whole; it goes on from these
#include "base/utf8.h"
#include "crdt/replica.h"

#include <array>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

namespace tandem {

namespace {

constexpr int replicaCount = 3;
constexpr int stepsPerSeed = 45;
constexpr std::u32string_view letters = U"abc \n\r\0é日\u2028\uFDD0😀\U0010FFFF";

std::string hexOf(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (const char byte : bytes) {
        hex += digits[static_cast<unsigned char>(byte) >> 4];
        hex += digits[static_cast<unsigned char>(byte) & 15];
    }
    return hex.empty() ? "-" : hex;
}

std::string bytesOf(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; hex != "-" && i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

std::string unitsOf(std::u32string_view text) {
    std::string bytes;
    for (const char16_t unit : toUtf16(text)) {
        bytes += static_cast<char>(unit & 0xFF);
        bytes += static_cast<char>(unit >> 8);
    }
    return bytes;
}

std::u32string textOf(const std::string& bytes) {
    std::u16string units;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        units += static_cast<char16_t>(static_cast<unsigned char>(bytes[i]) |
                                       static_cast<unsigned char>(bytes[i + 1]) << 8);
    return fromUtf16(units);
}

// One session: three replicas that edit apart and hear of each other later.
class Session {
public:
    explicit Session(std::uint64_t seed) : m_random(seed) {}

    void make() {
        std::cout << "begin\n";
        for (int step = 0; step < stepsPerSeed; ++step) {
            const std::size_t at = m_random.below(replicaCount);
            if (m_random.below(3) > 0)
                edit(at);
            else
                hear(at, 1 + m_random.below(6));
        }
        for (std::size_t at = 0; at < replicaCount; ++at) {
            hear(at, m_changes.size());
            std::cout << "text " << at << ' ' << hexOf(m_replicas[at].text()) << '\n';
            std::cout << "snapshot " << at << ' ' << hexOf(m_replicas[at].encode()) << '\n';
        }
    }

private:
    std::u32string someText() {
        std::u32string text;
        const std::uint64_t length = m_random.below(8) == 0 ? 40 : 1 + m_random.below(4);
        for (std::uint64_t i = 0; i < length; ++i)
            text += letters[m_random.below(letters.size())];
        return text;
    }

    Splice someSplice(std::size_t length) {
        Splice splice;
        splice.index = m_random.below(length + 1);
        splice.deleted =
            m_random.below(3) == 0 ? m_random.below(std::min<std::size_t>(6, length - splice.index) + 1) : 0;
        if (splice.deleted == 0 || m_random.below(2) == 0)
            splice.inserted = someText();
        return splice;
    }

    // Now and then of several pieces, which are told to all as one change.
    void edit(std::size_t at) {
        Replica& replica = m_replicas[at];
        const ReplicaId author = (at + 1) * 1'000'003 * 4'001;
        if (m_random.below(6) == 0) {
            const std::vector<Splice> splices{someSplice(replica.length()), {0, 0, someText()}};
            note(at, *replica.edit(author + 1, splices));
            std::cout << "apply " << at << ' ' << hexOf(m_changes.back().bytes) << '\n';
            return;
        }
        const Splice splice = someSplice(replica.length());
        const Change change = *replica.edit(author, std::span(&splice, 1));
        note(at, change);
        std::cout << "edit " << at << ' ' << author << ' ' << splice.index << ' ' << splice.deleted << ' '
                  << hexOf(unitsOf(splice.inserted)) << ' ' << hexOf(encodeChange(change)) << '\n';
    }

    void note(std::size_t at, const Change& change) { m_changes.push_back({at, encodeChange(change)}); }

    // In the order of all changes, so that what one names is there.
    void hear(std::size_t at, std::size_t count) {
        for (std::size_t& next = m_heard[at]; next < m_changes.size() && count > 0; ++next) {
            if (m_changes[next].author == at)
                continue;
            static_cast<void>(m_replicas[at].apply(*decodeChange(m_changes[next].bytes)));
            std::cout << "apply " << at << ' ' << hexOf(m_changes[next].bytes) << '\n';
            --count;
        }
    }

    struct Made {
        std::size_t author = 0;
        std::string bytes;
    };

    SeededRandom m_random;
    std::array<Replica, replicaCount> m_replicas;
    std::vector<Made> m_changes;
    std::array<std::size_t, replicaCount> m_heard{};
};

class Player {
public:
    // False: something else has come of the step.
    bool play(const std::string& line) {
        std::istringstream in(line);
        std::string verb;
        std::size_t at = 0;
        in >> verb;
        if (verb == "begin") {
            m_replicas = {};
            return true;
        }
        in >> at;
        Replica& replica = m_replicas.at(at);
        if (verb == "edit")
            return edit(in, replica);
        std::string hex;
        in >> hex;
        if (verb == "apply") {
            const auto change = decodeChange(bytesOf(hex));
            return change.ok() && replica.apply(*change).ok();
        }
        if (verb == "text")
            return hexOf(replica.text()) == hex;
        if (verb != "snapshot" || hexOf(replica.encode()) != hex)
            return false;
        auto decoded = Replica::decode(bytesOf(hex));
        if (!decoded.ok())
            return false;
        replica = std::move(*decoded);
        return hexOf(replica.encode()) == hex;
    }

private:
    static bool edit(std::istringstream& in, Replica& replica) {
        ReplicaId author = 0;
        Splice splice;
        std::string text;
        std::string expected;
        in >> author >> splice.index >> splice.deleted >> text >> expected;
        splice.inserted = textOf(bytesOf(text));
        const auto change = replica.edit(author, std::span(&splice, 1));
        return change.ok() && hexOf(encodeChange(*change)) == expected;
    }

    std::array<Replica, replicaCount> m_replicas;
};

int check(const char* path) {
    std::ifstream file(path);
    Player player;
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        if (!player.play(line)) {
            std::cerr << path << ':' << number << ": something else comes of " << line.substr(0, 60) << '\n';
            return 1;
        }
    }
    std::cout << number << " steps, all as before\n";
    return number > 0 ? 0 : 1;
}

} // namespace

} // namespace tandem

int main(int argc, char** argv) {
    const std::string verb = argc == 3 ? argv[1] : "";
    if (verb == "check")
        return tandem::check(argv[2]);
    if (verb != "make")
        return 2;
    for (int seed = 1; seed <= std::stoi(argv[2]); ++seed)
        tandem::Session(static_cast<std::uint64_t>(seed)).make();
    return 0;
}
