// The job that makes a file of a document.
#include "jobs/types/doc_export_job.h"

#include "archive/archive_log.h"
#include "base/utf8.h"
#include "deflate/deflate.h"
#include "export/pdf_file.h"
#include "fakes/memory_documents.h"
#include "jobs/stored_documents.h"
#include "noting_progress.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>

namespace tandem {

namespace {

const DocumentId notes = "notesAAAAAAAAAAAAAAA";

std::string payload(const std::string& format, const std::string& more = "") {
    return R"({"doc_id":")" + notes + R"(","format":")" + format + "\"" + more + "}";
}

// As it is downloaded.
JobFile unpacked(JobFile file) {
    if (file.isPacked)
        file.bytes = *inflate(file.bytes);
    return file;
}

class DocExportTest : public testing::Test {
protected:
    DocExportTest() {
        m_documents.add(notes, "Notes <i>& \"more\"/../\xC3\xBC\r\n");
        m_documents.name(notes, 7, "Ana");
        m_documents.edit(notes, 7, 2'000, {0, 0, U"# Plan\n\nOne.\r\n"});
        m_documents.edit(notes, 7, 3'000, {8, 3, std::u32string(U"Two\0\u2028", 5)});
    }
    JobOutcome run(const std::string& format, const std::string& more = "") {
        return m_job.run({"job", payload(format, more), 1}, m_progress);
    }
    JobFile fileOf(const std::string& format, const std::string& more = "") {
        auto outcome = run(format, more);
        const auto* failure = std::get_if<JobFailure>(&outcome);
        EXPECT_FALSE(failure) << failure->error;
        return failure ? JobFile() : unpacked(*std::get<JobResult>(outcome).file);
    }

    MemoryDocuments m_documents;
    DocExportJob m_job{m_documents};
    NotingProgress m_progress;
};

} // namespace

TEST_F(DocExportTest, EveryFormatGivesItsFileWithANameThatIsSafeAnywhere) {
    for (const auto& [format, extension, begin] : {std::tuple("txt", "txt", "# Plan"),
                                                   {"md", "md", "# Plan"},
                                                   {"html", "html", "<!DOCTYPE html>"},
                                                   {"pdf", "pdf", "%PDF-1."},
                                                   {"odt", "odt", "PK\x03\x04"},
                                                   {"archive", "tandem", ""}}) {
        const JobFile file = fileOf(format);
        EXPECT_EQ(file.name, std::string("Notes-i-more-v2.") + extension);
        EXPECT_TRUE(file.bytes.starts_with(begin)) << format;
        EXPECT_FALSE(file.contentType.empty());
        EXPECT_TRUE(m_progress.inOrder);
        m_progress = {};
    }
}

TEST_F(DocExportTest, TextAndMarkdownAreTheTextByteForByte) {
    EXPECT_EQ(fileOf("txt").bytes, "# Plan\n\nTwo" + std::string(1, '\0') + "\u2028.\r\n");
    EXPECT_EQ(fileOf("md").bytes, fileOf("txt").bytes);
    EXPECT_EQ(fileOf("txt", R"(,"version":1)").bytes, "# Plan\n\nOne.\r\n");
    EXPECT_EQ(fileOf("txt", R"(,"version":0)").bytes, "");
}

TEST_F(DocExportTest, AnyTextComesOutAsItIs) {
    EXPECT_TRUE(rc::check([](const std::vector<std::uint32_t>& values) {
        std::u32string text;
        for (const std::uint32_t value : values) {
            const auto point = static_cast<char32_t>(value % 0x110000);
            if (isScalarValue(point))
                text += point;
        }
        MemoryDocuments documents;
        documents.add(notes, "t");
        if (!text.empty())
            documents.edit(notes, 7, 2'000, {0, 0, text});
        NotingProgress progress;
        const auto outcome = DocExportJob(documents).run({"job", payload("txt"), 1}, progress);
        RC_ASSERT(unpacked(*std::get<JobResult>(outcome).file).bytes == toUtf8(text));
        for (const char* format : {"html", "odt", "pdf"}) {
            if (std::string_view(format) == "pdf" && text.size() % 8 != 0)
                continue; // fonts of rare scripts are searched for long
            const auto made = DocExportJob(documents).run({"job", payload(format), 1}, progress);
            RC_ASSERT(std::holds_alternative<JobResult>(made));
        }
    }));
}

TEST_F(DocExportTest, AnArchiveIsReadAgainAsAnEqualDocument) {
    for (int i = 0; i < 10'000; ++i)
        m_documents.edit(notes, i % 2 == 0 ? 7 : 8, 4'000 + i, {0, 0, U"x"});
    m_documents.nameVersion(notes, 2, "the plan");
    m_documents.nameVersion(notes, 9'000, "late");
    for (const Seq version : {Seq{10'002}, Seq{5'000}}) {
        const JobFile file = fileOf("archive", ",\"version\":" + std::to_string(version));
        EXPECT_EQ(file.contentType, archiveType);
        const auto bytes = inflate(file.bytes);
        ASSERT_TRUE(bytes);
        const auto archive = decodeArchive(*bytes);
        ASSERT_TRUE(archive) << archive.error().detail;
        auto log = m_documents.log(notes);
        log.resize(version);
        EXPECT_EQ(archive->log, log);
        EXPECT_EQ(archive->replicas.size(), 1u);
        EXPECT_EQ(archive->names.size(), version == 5'000 ? 1u : 2u);
        const auto imported = importedLog(*archive, &deflate);
        ASSERT_TRUE(imported) << imported.error().detail;
        EXPECT_EQ(imported->head(), version);
    }
}

TEST_F(DocExportTest, WhatIsWrongWithAPayloadIsSaid) {
    EXPECT_TRUE(m_job.check(payload("pdf")));
    EXPECT_TRUE(m_job.check(payload("txt", R"(,"version":12)")));
    for (const std::string& wrong : {std::string("[]"), std::string("{}"), payload("doc"), payload("PDF"),
                                     payload("txt", R"(,"version":-1)"), payload("txt", R"(,"version":"1")"),
                                     std::string(R"({"doc_id":"../../etc/passwd","format":"txt"})"),
                                     std::string(R"({"doc_id":7,"format":"txt"})")}) {
        EXPECT_FALSE(m_job.check(wrong)) << wrong;
        const auto outcome = m_job.run({"job", wrong, 1}, m_progress);
        ASSERT_TRUE(std::holds_alternative<JobFailure>(outcome));
        EXPECT_EQ(std::get<JobFailure>(outcome).retry, JobRetry::never);
    }
    EXPECT_NE(m_job.check(payload("doc")).error().detail.find("txt, md, html, pdf, odt or archive"),
              std::string::npos);
}

TEST_F(DocExportTest, WhatMayPassIsTriedAgainAndTheRestIsNot) {
    const auto retryOf = [](const JobOutcome& outcome) { return std::get<JobFailure>(outcome).retry; };
    EXPECT_EQ(retryOf(run("txt", R"(,"version":3)")), JobRetry::never) << "there is none yet";
    EXPECT_EQ(
        retryOf(m_job.run({"job", R"({"doc_id":"AAAAAAAAAAAAAAAAAAAA","format":"txt"})", 1}, m_progress)),
        JobRetry::never);
    m_documents.fault = Error{ErrorCode::unavailable, "the database is away"};
    EXPECT_EQ(retryOf(run("txt")), JobRetry::later);
    m_documents.fault = Error{ErrorCode::logReplaced, "restored"};
    EXPECT_EQ(retryOf(run("archive")), JobRetry::later);
}

TEST_F(DocExportTest, ARunThatShouldStopEndsWithoutAFile) {
    m_documents.onAsked = [this] { m_progress.stops = true; };
    for (const char* format : {"txt", "html", "pdf", "archive"}) {
        m_progress = {};
        const auto outcome = run(format);
        ASSERT_TRUE(std::holds_alternative<JobFailure>(outcome)) << format;
        EXPECT_EQ(std::get<JobFailure>(outcome).retry, JobRetry::later);
    }
}

TEST_F(DocExportTest, ATextThatIsTooLongForPagesIsRefusedWithWords) {
    m_documents.edit(notes, 7, 4'000, {0, 0, std::u32string(largestPdfText, U'x')});
    const auto outcome = run("pdf");
    ASSERT_TRUE(std::holds_alternative<JobFailure>(outcome));
    EXPECT_EQ(std::get<JobFailure>(outcome).retry, JobRetry::never);
    EXPECT_NE(std::get<JobFailure>(outcome).error.find("16 MiB"), std::string::npos);
    EXPECT_GT(fileOf("html").bytes.size(), largestPdfText);
}

TEST_F(DocExportTest, ErrorsHoldNothingOfTheDocument) {
    m_documents.edit(notes, 7, 4'000, {0, 0, std::u32string(largestPdfText, U'S')});
    const auto outcome = run("pdf");
    EXPECT_EQ(std::get<JobFailure>(outcome).error.find("SSS"), std::string::npos);
    EXPECT_EQ(std::get<JobFailure>(outcome).error.find("Notes"), std::string::npos);
}

namespace {

class MainLoop final : public EventLoopCalls {
public:
    void post(std::function<void()> work) override {
        QMetaObject::invokeMethod(&m_context, std::move(work), Qt::QueuedConnection);
    }

private:
    QObject m_context;
};

} // namespace

TEST(StoredDocumentsTest, AJobOnItsThreadReadsWhatTheStoresOnTheEventLoopHave) {
    QTemporaryDir folder;
    const SystemClock clock;
    auto storage = SqlStorage::open(SqliteFile{folder.filePath(QStringLiteral("t.db")).toStdString()}, clock);
    ASSERT_TRUE(storage) << storage.error().detail;
    Replica replica;
    std::vector<AppendEntry> entries;
    for (const std::u32string& text : {std::u32string(U"# Plan\n"), std::u32string(U"More.\n")}) {
        const Splice splice{replica.length(), 0, text};
        const auto change = replica.edit(7, std::span(&splice, 1));
        entries.push_back({7, change->first, encodeChange(*change), std::nullopt,
                           ReplicaBinding{7, std::string(32, 'k'), "Ana"}});
    }
    bool isMade = false;
    (*storage)->documents().create({notes, "Notes", "epoch", "h", std::move(entries)}, [&](auto created) {
        EXPECT_TRUE(created);
        isMade = true;
    });
    while (!isMade)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);

    MainLoop loop;
    StoredDocuments documents(
        {(*storage)->documents(), (*storage)->catalog(), (*storage)->past(), (*storage)->log()}, loop);
    std::atomic<bool> isDone = false;
    std::thread job([&] {
        NotingProgress progress;
        DocExportJob handler(documents);
        for (const char* format : {"txt", "html", "archive"}) {
            const auto outcome = handler.run({"job", payload(format), 1}, progress);
            const auto* result = std::get_if<JobResult>(&outcome);
            ASSERT_TRUE(result) << std::get<JobFailure>(outcome).error;
            if (std::string_view(format) == "txt") {
                EXPECT_EQ(unpacked(*result->file).bytes, "# Plan\nMore.\n");
            }
        }
        const auto info = documents.find(notes);
        ASSERT_TRUE(info);
        EXPECT_EQ(documents.sessionsBefore(*info, info->head + 1, 10)->sessions.size(), 1u);
        EXPECT_EQ(documents.changesBetween(*info, 0, info->head)->size(), 1u);
        EXPECT_EQ(documents.list(std::nullopt)->documents.size(), 1u);
        EXPECT_EQ(documents.authors(notes)->front().name, "Ana");
        EXPECT_EQ(documents.find("AAAAAAAAAAAAAAAAAAAA").error().code, ErrorCode::notFound);
        isDone = true;
        loop.post([] {}); // wakes it
    });
    while (!isDone)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    job.join();
    (*storage)->stop();
}

} // namespace tandem
