// Documents and edits as REST shows them and takes them. Pure. What is wrong with a body is malformed,
// invalidArgument or limitExceeded; the detail is a sentence that names the field.
#pragma once

#include "http/link_json.h"
#include "rooms/plain_edits.h"
#include "storage/document_past.h"
#include "storage/document_store.h"
#include "storage/op_log.h"

namespace tandem {

struct DocumentRequest {
    std::string title; // cleaned
    std::u32string text;
    std::optional<DocumentId> id;
    std::optional<std::string> ownerSecret;
};

// The body of POST /v1/docs.
Result<DocumentRequest> parseDocumentRequest(std::string_view body);
// The same for the same title and text.
std::string requestHash(const DocumentRequest& request);

// The body of PATCH /v1/docs/{id}: a cleaned title.
Result<std::string> parseTitle(std::string_view body);

struct TextRequest {
    std::u32string text;
    std::string name; // the author's, cleaned
};
// The body of PUT /v1/docs/{id}/text.
Result<TextRequest> parseTextRequest(std::string_view body);

struct RevertRequest {
    Seq version = 0;
    std::string name; // the author's, cleaned
};
// The body of POST /v1/docs/{id}/revert.
Result<RevertRequest> parseRevertRequest(std::string_view body);

struct VersionName {
    std::string label;          // cleaned
    std::optional<Seq> version; // nothing: the newest
};
// The body of POST /v1/docs/{id}/versions.
Result<VersionName> parseVersionName(std::string_view body);

struct EditsRequest {
    std::string id;
    std::optional<Seq> version;
    std::string name;            // the author's, cleaned
    std::vector<Splice> splices; // all in the text at `version`
};
// The body of POST /v1/docs/{id}/edits.
Result<EditsRequest> parseEditsRequest(std::string_view body);

// 1 to limits::titleLength code points, without those that have no look of their own. invalidArgument;
// `field` is what it is called there.
Result<std::string> cleanTitle(const std::string& given, const std::string& field = "title");

// `text` is UTF-8.
std::string documentJson(const DocumentInfo& info, std::string_view text);
// A new one, with its owner's link.
std::string newDocumentJson(const DocumentInfo& info, std::string_view text, const OpenLink& link);
// Without the text.
std::string summaryJson(const DocumentInfo& info);
std::string pageJson(const DocumentPage& page);
std::string namedVersionJson(const NamedVersion& named);
std::string namedVersionsJson(const std::vector<NamedVersion>& versions);
std::string sessionsJson(const EditSessionPage& page, const std::vector<ReplicaBinding>& bindings);
// Ranges of the text in their order, each with the author's name where it is known.
std::string authorsJson(Seq version, const std::vector<AuthorRange>& ranges,
                        const std::vector<ReplicaBinding>& bindings);
// Edits as POST /v1/docs/{id}/edits takes them, with the text that they take away.
std::string changesJson(Seq from, Seq to, const std::vector<Replacement>& changes);
std::string editJson(std::string_view id, Seq version);

} // namespace tandem
