#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/bench/benches.hpp"
#include "tests/bench/lone_org.hpp"
#include "tests/bench/nginx.hpp"
#include "tests/bench/table.hpp"
#include "tests/bench/wrk.hpp"

namespace casewire::bench {
namespace {

constexpr const char* kQuery =
    "/services/data/v66.0/"
    "query?q=SELECT+Id,CaseNumber,Subject,Status,Origin,CreatedDate+FROM+Case+ORDER+BY+CaseNumber+LIMIT+20";
constexpr const char* kCreate = "/services/data/v66.0/sobjects/Case";
constexpr const char* kCase =
    R"({"Subject":"Order 1182","Origin":"Email","Description":"Refund needs a person","SuppliedEmail":"dana@example.test"})";

void compare(const char* name, const WrkPlan& fake, const WrkPlan& yardstick, std::string_view goal) {
  const auto slow = wrk(fake);
  const auto fast = wrk(yardstick);
  if (!slow || !fast) return left_out(name, !slow ? slow.error() : fast.error());
  const auto shown = [](const Throughput& result) {
    return rate(result.per_second) + ", p50 " + milliseconds_text(result.p50_ms) + ", p99 " + milliseconds_text(result.p99_ms) +
           (result.errors == 0 ? "" : ", " + std::to_string(result.errors) + " errors");
  };
  value(std::string(name) + ", fake", shown(*slow));
  value(std::string(name) + ", nginx with the same bytes", shown(*fast));
  ratio("", slow->per_second, fast->per_second, goal);
}

}  // namespace

void measure_salesforce() {
  heading("The lone fake Salesforce over HTTP, one server thread and one nginx worker");
  const auto org = LoneOrg::start();
  if (!org) return left_out("the lone fake", org.error());
  value("first answer after the start (goal 10 ms)", milliseconds_text((*org)->first_answer_ms()));
  std::string created;
  for (int at = 0; at < 20; ++at) {
    const auto answer = (*org)->call("POST", kCreate, kCase);
    if (!answer) return left_out("the lone fake", answer.error());
    created = answer->body;
  }
  const auto rows = (*org)->call("GET", kQuery);
  if (!rows) return left_out("query", rows.error());
  const auto nginx = Nginx::start(rows->body, created);
  if (!nginx) return left_out("nginx", nginx.error());

  const std::string header = "Authorization: Bearer " + (*org)->token();
  compare("SOQL query of 20 rows, 8 connections", {.url = (*org)->url() + kQuery, .header = header},
          {.url = (*nginx)->url() + kQuery, .header = header}, "under 1.7 (60 %)");

  const std::string script = std::filesystem::temp_directory_path() / ("casewire-bench-" + std::to_string(::getpid()) + ".lua");
  std::ofstream(script) << "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [==[" << kCase
                        << "]==]\n";
  const auto cases_before = (*org)->count("Case");
  const auto bytes_before = (*org)->resident_bytes();
  for (const int connections : {8, 64}) {
    const std::string name = "Case create, " + std::to_string(connections) + " connections";
    compare(name.c_str(), {.url = (*org)->url() + kCreate, .connections = connections, .script = script, .header = header},
            {.url = (*nginx)->url() + kCreate, .connections = connections, .script = script, .header = header},
            "under 2.5 (40 %), p99 under 5 ms");
  }
  std::remove(script.c_str());
  const auto cases = (*org)->count("Case");
  if (!cases || !cases_before || *cases <= *cases_before) return left_out("memory", "the Cases could not be counted");
  // With the journal of the exchanges, which ends at 32 MB.
  value("memory after " + std::to_string(*cases) + " Cases (goal 1024 bytes each)",
        std::to_string(((*org)->resident_bytes() - bytes_before) / (*cases - *cases_before)) + " bytes each");
}

}  // namespace casewire::bench
