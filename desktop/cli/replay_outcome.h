// What a replay is told to do and how it ended: the figures, and every copy of the text beside the one that
// the trace ends with.
#pragma once

#include "cli/command.h"
#include "cli/trace.h"

#include <QUrl>

namespace tandem {

struct ReplayPlan {
    // Which agent gets the smaller replica id: the order matters where two insert at one place.
    enum class IdOrder { ascending, descending };

    QUrl server;
    QString title; // of the document that is made
    IdOrder idOrder = IdOrder::ascending;
};

struct ReplayOutcome {
    struct Copy {
        std::string name;
        std::string text; // UTF-8
    };

    QString address; // of the document
    std::vector<Copy> copies;
    std::int64_t elapsedMs = 0;
};

enum class ReportStyle { words, json };

// Compares, prints the summary; failed when any copy differs.
ExitCode report(const QString& name, const Trace& trace, const ReplayOutcome& outcome, ReportStyle style);

// Index, in code points, of the first difference; both lengths when there is none.
std::size_t firstDifference(std::u32string_view left, std::u32string_view right);

} // namespace tandem
