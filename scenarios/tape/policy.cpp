#include <algorithm>

#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "scenarios/tape/redaction.hpp"

namespace casewire::scenarios {

const Policy& vendors_policy() {
  static const Policy policy{
      .members = {"date", "sfdc_stack_depth",
                  // OAuth and both APIs
                  "grant_type", "response_type", "scope", "token_type", "issued_at", "format", "error", "errorcode", "statuscode",
                  "allornone", "method", "referenceid", "httpstatuscode", "success", "created", "done", "totalsize", "size",
                  "type", "extension", "limit", "cursor_type", "order", "sort", "batchsize", "operation", "contenttype",
                  "lineending", "columndelimiter", "concurrencymode", "apiversion", "state", "numberrecordsprocessed",
                  "numberrecordsfailed", "retries", "totalprocessingtime", "fields", "soaptype", "extratypeinfo",
                  "sobjectdescribeoption", "entitytypename",
                  // Salesforce fields that hold a picklist, a flag, a count or a time
                  "case_from__c", "origin", "status", "priority", "reason", "isclosed", "isescalated", "isdeleted", "incoming",
                  "messagedate", "ispublished", "islatest", "isexternallyvisible", "hasattachment", "filetype", "fileextension",
                  "contentsize", "contentlocation", "sharetype", "visibility", "sobjecttype", "usertype", "isactive", "profile",
                  "createddate", "lastmodifieddate", "systemmodstamp", "closeddate", "emailencodingkey", "localesidkey",
                  "timezonesidkey", "languagelocalekey",
                  // OpenCX
                  "event", "ai_closure_type", "sentiment", "channel", "channel_type", "assist_mode", "language", "message_count",
                  "created_at", "updated_at", "timestamp", "is_takeover", "takeover", "resolved", "updated_after",
                  "created_after", "sent_at", "role", "mime_type", "mimetype", "accepted"},
      .headers = {"accept",
                  "accept-encoding",
                  "accept-language",
                  "accept-ranges",
                  "age",
                  "allow",
                  "alt-svc",
                  "cache-control",
                  "connection",
                  "content-encoding",
                  "content-language",
                  "content-length",
                  "content-security-policy",
                  "content-type",
                  "expires",
                  "last-modified",
                  "keep-alive",
                  "pragma",
                  "retry-after",
                  "strict-transport-security",
                  "te",
                  "traceparent",
                  "tracestate",
                  "transfer-encoding",
                  "upgrade",
                  "vary",
                  "webhook-timestamp",
                  "x-content-type-options",
                  "x-frame-options",
                  "x-ratelimit-limit",
                  "x-ratelimit-remaining",
                  "x-ratelimit-reset",
                  "x-xss-protection",
                  "sforce-limit-info",
                  "sforce-query-options",
                  "sforce-auto-assign",
                  "mime-version",
                  "content-transfer-encoding"},
      .words =
          {// how mail programs and the vendors introduce what somebody else wrote
           "re", "aw", "fw", "fwd", "sv", "on", "am", "pm", "at", "wrote", "schrieb", "from", "to", "cc", "bcc", "sent", "date",
           "subject", "original", "message", "forwarded", "reply", "von", "an", "gesendet", "betreff", "mon", "tue", "wed", "thu",
           "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "monday",
           "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "gmt", "utc", "ref", "http", "https", "mailto",
           "www", "thank", "thanks", "you", "thread",
           // media types, charsets, encodings
           "utf", "text", "plain", "html", "charset", "application", "json", "pdf", "image", "png", "jpeg", "jpg", "gif", "txt",
           "csv", "docx", "xlsx", "zip", "eml", "octet", "stream", "multipart", "mixed", "alternative", "related", "boundary",
           "base64", "quoted", "printable", "filename", "attachment", "inline", "form", "data", "name", "nbsp", "amp", "quot",
           // paths, objects and fields of the two vendors
           "services", "sobjects", "query", "queryall", "composite", "tree", "graph", "batch", "parameterizedsearch", "search",
           "oauth2", "token", "revoke", "userinfo", "limits", "tooling", "layouts", "describe", "async", "jobs", "ingest",
           "hooks", "opencx", "salesforce", "chat", "sessions", "session", "history", "send", "contacts", "contact", "handoff",
           "files", "media", "upload", "bearer", "basic", "case", "cases", "emailmessage", "casecomment", "contentversion",
           "versiondata", "contentdocument", "contentdocumentlink", "account", "user", "group", "queuesobject", "organization",
           "attachments", "apexclass", "apextrigger", "namedcredential", "opencxnotifier", "opencxreply", "opencxcase",
           "opencxcasecomment", "opencxemailmessage", "opencxfeeditem", "integration", "attributes", "select", "where", "like",
           "and", "or", "id", "email", "user", "agent", "customer", "ai", "bot", "true", "false", "null"},
      .hosts = {"salesforce.com", "force.com", "salesforce.test", "open.cx", "opencx.test", "opencx.com", "bridge.test", "w3.org",
                "xmlsoap.org", "sforce.com"}};
  return policy;
}

Result<Policy> read_policy(std::string_view text, std::string_view file) {
  const auto json = parse_json(text, file);
  if (!json) return fail(json.error());
  const auto wrong = [&](std::string problem) {
    return fail(Diagnostic{
        {std::string(file), {1, 1}}, std::move(problem), R"(a policy is {"members": ["..."], "words": [], "hosts": []})"});
  };
  if (!json->is_object()) return wrong("expected an object");
  Policy policy = vendors_policy();
  for (const auto& [name, list] : json->items()) {
    auto* into = name == "members" ? &policy.members
                 : name == "words" ? &policy.words
                 : name == "hosts" ? &policy.hosts
                                   : nullptr;
    if (into == nullptr) return wrong("a policy knows no \"" + name + "\"");
    const bool strings =
        list.is_array() && std::all_of(list.begin(), list.end(), [](const Json& one) { return one.is_string(); });
    if (!strings) return wrong("expected a list of strings at \"" + name + "\"");
    for (const Json& one : list) into->insert(lowercase(one.get_ref<const std::string&>()));
  }
  return policy;
}

}  // namespace casewire::scenarios
