// The job `doc.export`: {doc_id, format, version?} makes a file of a document, at the newest version unless
// another is asked for. Reads only; a repeated run makes the same file again. Runs on several threads.
#pragma once

#include "export/export_format.h"
#include "jobs/document_source.h"
#include "jobs/job_handler.h"

namespace tandem {

class DocExportJob final : public JobHandler {
public:
    // `documents` must outlive this. For pages of PDF the process must be able to draw
    // (process/application.h).
    explicit DocExportJob(DocumentSource& documents) : m_documents(documents) {}

    Result<void> check(std::string_view payload) const override;
    JobOutcome run(const JobRequest& request, JobProgress& progress) override;

private:
    DocumentSource& m_documents;
};

} // namespace tandem
