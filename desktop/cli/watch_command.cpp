// tandem-cli watch: joins a document and prints what happens there, a line each.
#include "cli/command.h"
#include "qt/document_url.h"
#include "qt/qt_client.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <map>

namespace tandem {

namespace {
// Text as one line: what does not print is written as an escape.
QString onOneLine(std::u32string_view text) {
    QString line = "\"";
    for (const char32_t c : text) {
        if (c == '\n')
            line += "\\n";
        else if (c == '\t')
            line += "\\t";
        else if (c == '"' || c == '\\')
            line += QString("\\") + QChar(static_cast<char16_t>(c));
        else if (QChar::isPrint(c))
            line += QString::fromUcs4(&c, 1);
        else
            line += QString("\\u{%1}").arg(static_cast<uint>(c), 0, 16);
    }
    return line + '"';
}

QString lineFor(const TextEdit& edit) {
    QString line = QString("at %1").arg(edit.index);
    if (edit.deleted > 0)
        line += QString(" delete %1").arg(edit.deleted);
    if (!edit.inserted.empty())
        line += " insert " + onOneLine(edit.inserted);
    return line;
}

// Lives as long as the program runs; owns the document and its connection.
class Watcher {
public:
    explicit Watcher(const DocumentUrl& address)
        : m_document(m_random), m_client(m_document, address, {"tandem-cli", 0}, clientName()) {
        m_document.onRemoteEdits = [this](const TextEdits& edits) {
            // What is there already when one joins is no news.
            if (m_known) {
                for (const TextEdit& edit : edits)
                    printLine(lineFor(edit));
            }
        };
        m_document.onPeersChanged = [this] { printPeers(); };
        QObject::connect(&m_client, &QtClient::stateChanged, &m_client, [this] { printState(); });
    }

    void start() { m_client.start(); }

private:
    void printState() {
        const ClientSession::State state = m_client.session().state();
        if (state == ClientSession::State::live && !m_live) {
            m_live = true;
            m_known = true;
            printLine(QString("joined \"%1\": version %2, %3 characters")
                          .arg(QString::fromStdString(m_document.title()))
                          .arg(m_document.version())
                          .arg(m_document.replica().length()));
        } else if (state == ClientSession::State::stopped) {
            fail(QString::fromStdString(m_client.session().problem()));
            QCoreApplication::exit(static_cast<int>(ExitCode::failed));
        } else if (state == ClientSession::State::offline && m_live) {
            m_live = false;
            printLine("the connection is lost; trying again");
        }
    }

    void printPeers() {
        std::map<std::string, std::string> present;
        for (const Peer& peer : m_document.peers().all())
            present.emplace(peer.session, peer.name);
        for (const auto& [session, name] : m_present) {
            if (!present.contains(session))
                printLine(QString::fromStdString(name) + " left");
        }
        for (const auto& [session, name] : present) {
            const auto before = m_present.find(session);
            if (before == m_present.end())
                printLine(QString::fromStdString(name) + " is here");
            else if (before->second != name)
                printLine(QString::fromStdString(before->second + " is now " + name));
        }
        m_present = std::move(present);
    }

    SystemRandom m_random;
    OpenDocument m_document;
    QtClient m_client;
    bool m_live = false;
    bool m_known = false;
    std::map<std::string, std::string> m_present; // name by session
};
} // namespace

ExitCode runWatch(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription("Joins a document and prints what others do there, until Ctrl+C.");
    parser.addPositionalArgument("ADDRESS", "The document's address.");
    if (const auto exit = parseArguments(parser, arguments, {.atLeast = 1, .atMost = 1}))
        return *exit;

    const QString address = parser.positionalArguments().first();
    const std::optional<DocumentUrl> document = DocumentUrl::parse(address);
    if (!document)
        return failUsage("\"" + address + "\" is no document's address");
    Watcher watcher(*document);
    watcher.start();
    return static_cast<ExitCode>(QCoreApplication::exec());
}

} // namespace tandem
