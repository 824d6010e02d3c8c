#pragma once
// A bridge of one named org, "acme", between its two fakes, and its operator's commands.

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/e2e/background.hpp"
#include "tests/e2e/built_program.hpp"
#include "tests/e2e/org_world.hpp"

namespace casewire::tests {

class AcmeBridge : public testing::Test {
 protected:
  /// `of_salesforce`: further members of that part, ", name: value".
  void write_settings(const std::string& more = {}, const std::string& of_salesforce = {}) const {
    folder_.write("bridge.yaml", "listen: 127.0.0.1:" + port_ + "\nstate_dir: " + state() +
                                     "\nsweep_every: 2 s\ncheck_every: never\n" + more +
                                     "salesforce: {client_id: 3MVG9casewire, client_secret: casewire-secret, "
                                     "refresh_token: 5Aep861casewire" +
                                     of_salesforce + "}\nopencx: {api_key: ocx_live_casewire}\norgs:\n" + acme_.settings());
  }
  void start_bridge() {
    bridge_.reset();
    bridge_ = std::make_unique<Background>("\"$BRIDGE\" --config " + folder_.path() + "/bridge.yaml",
                                           folder_.path() + "/log-" + std::to_string(++starts_), "listening");
  }
  std::string url() const { return "http://127.0.0.1:" + port_; }
  std::string state() const { return folder_.path() + "/state"; }
  Ran command(const std::string& words) const {
    return shell("\"$BRIDGE\" " + words + " --config " + folder_.path() + "/bridge.yaml");
  }
  void reply(std::size_t case_number, const std::string& text) const {
    const auto cases = acme_.rows("Case");
    ASSERT_LT(case_number, cases.size());
    OrgWorld::tell(acme_.salesforce_url(), "reply", {{"case", string_member(cases[case_number], "Id")}, {"text", text}});
  }
  bool receives(const std::string& customer, const std::string& words) const {
    return becomes_true([&] { return acme_.mailbox(customer).find(words) != std::string::npos; });
  }

  ScratchFolder folder_;
  std::string port_ = free_port();
  OrgWorld acme_{folder_, "acme", 1, url()};
  std::unique_ptr<Background> bridge_;
  int starts_ = 0;
};

}  // namespace casewire::tests
