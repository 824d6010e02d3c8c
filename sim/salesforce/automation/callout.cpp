#include "sim/salesforce/automation/callout.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr http::Deadline kCalloutLimit{std::chrono::milliseconds{10'000}};

http::Request callout_request(const std::string& event, const Notice& notice, const std::string& webhook_url) {
  http::Request request{.method = "POST", .target = webhook_url};
  request.headers = {{"Content-Type", notice.content_type},
                     {"SFDC_STACK_DEPTH", "1"},
                     {"User-Agent", "SFDC-Callout/66.0"},
                     {"Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"},
                     {"Cache-Control", "no-cache"},
                     {"Pragma", "no-cache"},
                     {"traceparent", traceparent(notice.cause)}};
  request.body = dump_json({{"event", event},
                            {"caseId", notice.names_by_15 ? notice.case_id.substr(0, 15) : notice.case_id},
                            {"recordIds", notice.record_ids}});
  return request;
}

void call_out(const std::string& event, const Notice& notice, const std::string& webhook_url, Surroundings surroundings) {
  JobEnd end{.job = "OpenCXNotifier", .event = event, .case_id = notice.case_id, .records = notice.record_ids};
  if (webhook_url.empty()) {
    end.status = "Failed";
    end.error = "System.CalloutException: the named credential holds no URL";
  } else if (const auto answer = surroundings.transport.send(callout_request(event, notice, webhook_url), kCalloutLimit)) {
    end.status = "Completed";  // any HTTP status is a normal answer to Apex
    end.http_status = answer->status;
  } else {
    end.status = "Failed";
    end.error = "System.CalloutException: " + answer.error().what;
  }
  surroundings.journal.append("salesforce", std::move(end), notice.cause);
}

}  // namespace

void run_job(const CalloutJob& job, const std::string& webhook_url, Surroundings surroundings) {
  for (const auto& notice : job.notices) call_out(job.event, notice, webhook_url, surroundings);
}

}  // namespace casewire::sim::salesforce
