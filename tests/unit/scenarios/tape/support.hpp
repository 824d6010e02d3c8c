#pragma once
// What the tests of the tape share: a small conversation with both systems.

#include <gtest/gtest.h>

#include <string>

#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

inline WallTime at_second(int second) { return *parse_iso8601("2026-01-05T09:00:00.000Z") + std::chrono::seconds(second); }

inline http::Request login() {
  return {.method = "POST",
          .target = "/services/oauth2/token",
          .headers = {{"Host", "127.0.0.1:40111"}, {"Content-Type", "application/x-www-form-urlencoded"}},
          .body = "grant_type=refresh_token&client_id=3MVG9casewire&client_secret=casewire-secret&refresh_token=5Aep861casewire"};
}
inline http::Response logged_in(const std::string& token = "00D!AQEAQsecret") {
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}},
          .body = R"({"access_token":")" + token + R"(","instance_url":"http://127.0.0.1:40111","token_type":"Bearer"})"};
}
inline http::Request query(const std::string& since) {
  return {.method = "GET",
          .target = "/services/data/v66.0/query?q=SELECT+Id+FROM+Case+WHERE+LastModifiedDate+%3E+" + since,
          .headers = {{"Host", "127.0.0.1:40111"}, {"Authorization", "Bearer 00D!AQEAQsecret"}, {"traceparent", "00-1-2-01"}}};
}
inline http::Request send_message(const std::string& text) {
  return {.method = "POST",
          .target = "/chat/sessions/s-1/send",
          .headers = {{"Host", "127.0.0.1:40112"},
                      {"Authorization", "Bearer ocx_live_casewire"},
                      {"Content-Type", "application/json"}},
          .body = R"({"sender":"agent","message":{"type":"text","text":")" + text + R"("}})"};
}
inline http::Response json_answer(int status, std::string body) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}, {"Content-Length", std::to_string(body.size())}},
          .body = body};
}
inline http::Request webhook() {
  return {.method = "POST",
          .target = "http://127.0.0.1:40113/hooks/opencx/whsec_4f2a91",
          .headers = {{"Content-Type", "application/json"}, {"webhook-signature", "v1,c2lnbmF0dXJl"}},
          .body = R"({"event":"conversation.handoff","data":{"session":{"id":"s-1"}}})"};
}

/// A login, a query, a webhook and a reply, as one run would see them.
inline std::vector<Exchange> conversation() {
  std::vector<Exchange> all;
  all.push_back({at_second(0), milliseconds(0), "opencx", "bridge", webhook(), {.status = 202}});
  all.push_back({at_second(1), milliseconds(40), "bridge", "salesforce", login(), logged_in()});
  all.push_back({at_second(2), milliseconds(0), "bridge", "salesforce", query("2026-01-05T08:59:00.000Z"),
                 json_answer(200, R"({"totalSize":0,"done":true,"records":[]})")});
  all.push_back({at_second(3), milliseconds(0), "bridge", "opencx", send_message("Größe 💡"),
                 json_answer(201, R"({"success":true,"data":{"file":"http://127.0.0.1:40112/files/f-1"}})")});
  all.push_back({at_second(4),
                 milliseconds(0),
                 "bridge",
                 "opencx",
                 {.method = "GET", .target = "/files/f-1", .headers = {{"Host", "127.0.0.1:40112"}}},
                 {.status = 200, .headers = {{"Content-Type", "image/png"}}, .body = std::string("\x89PNG\0\xff", 6)},
                 http::Wire::cut_in_body});
  return all;
}

}  // namespace casewire::scenarios
