// tandem-cli replay: plays a recorded editing session against a server and compares what comes out.
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/concurrent_replay.h"
#include "cli/rest.h"
#include "cli/sequential_replay.h"
#include "cli/server_address.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>

namespace tandem {

namespace {
Result<ReplayOutcome> play(const Trace& trace, const std::optional<TraceOrder>& order,
                           const ReplayPlan& plan) {
    const Result<DocumentUrl> address =
        rest::createDocument(plan.server, plan.title.toStdString(), toUtf8(trace.startContent));
    if (!address)
        return address.error();
    Result<ReplayOutcome> outcome = order ? ConcurrentReplay(trace, *order, *address, plan.idOrder).run()
                                          : SequentialReplay(trace, *address).run();
    if (!outcome)
        return outcome;
    Result<std::string> text = rest::fetchText(*address);
    if (!text)
        return text.error();
    outcome->copies.push_back({"the server", std::move(text).value()});
    outcome->address = address->link().toString();
    return outcome;
}

// Is it the trace's fault?
bool isFaultOfTrace(ErrorCode code) {
    return code == ErrorCode::outOfRange || code == ErrorCode::invalidArgument ||
           code == ErrorCode::malformed;
}
} // namespace

ExitCode runReplay(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        "Plays a recorded editing session, with all its concurrency, in a new document on a server. Then "
        "compares\n"
        "every client's text and the server's with the text that the recording ends with.");
    const QCommandLineOption server = serverOption();
    const QCommandLineOption ids(
        "ids", "Which agent gets the smaller replica id: ascending (the first) or descending.", "ORDER",
        "ascending");
    const QCommandLineOption json("json", "Prints the summary as JSON.");
    parser.addOptions({server, ids, json});
    parser.addPositionalArgument("FILE", "The recording: .json or .json.gz, sequential or concurrent.");
    if (const auto exit = parseArguments(parser, arguments, {.atLeast = 1, .atMost = 1}))
        return *exit;

    const QString file = parser.positionalArguments().first();
    const Result<QUrl> url = parseServer(parser.value(server));
    if (!url)
        return failUsage(QString::fromStdString(url.error().detail));
    ReplayPlan plan;
    plan.server = *url;
    plan.title = QFileInfo(file).fileName();
    if (parser.value(ids) == "descending")
        plan.idOrder = ReplayPlan::IdOrder::descending;
    else if (parser.value(ids) != "ascending")
        return failUsage("--ids takes ascending or descending, not \"" + parser.value(ids) + "\"");

    const Result<Trace> trace = readTrace(QFile::encodeName(file).toStdString());
    if (!trace)
        return failUsage(file + ": " + QString::fromStdString(trace.error().detail));
    std::optional<TraceOrder> order;
    if (trace->kind == Trace::Kind::concurrent) {
        Result<TraceOrder> found = TraceOrder::of(*trace);
        if (!found)
            return failUsage(file + ": " + QString::fromStdString(found.error().detail));
        order = std::move(found).value();
    }
    const Result<ReplayOutcome> outcome = play(*trace, order, plan);
    if (!outcome) {
        const QString sentence = QString::fromStdString(outcome.error().detail);
        return isFaultOfTrace(outcome.error().code) ? failUsage(file + ": " + sentence) : fail(sentence);
    }
    return report(plan.title, *trace, *outcome, parser.isSet(json) ? ReportStyle::json : ReportStyle::words);
}

} // namespace tandem
