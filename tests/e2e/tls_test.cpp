// The program casewire-bridge with TLS on its own port, its secrets in files, and curl that trusts one authority at a time.

#include <gmock/gmock.h>
#include <signal.h>

#include "tests/e2e/background.hpp"
#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class BridgeWithTls : public testing::Test {
 protected:
  BridgeWithTls() {
    // One that signs itself is an authority of its own: "first", "second".
    for (const auto* name : {"first", "second"}) {
      shell("cd " + folder_.path() +
            " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout " + name +
            ".key -out " + name + ".pem -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1");
    }
    use("first", "first");
    for (const auto* secret : {"client-secret", "sf-secret", "cx-key", "cx-secret"}) {
      folder_.write(secret, std::string(secret) + "-planted\n");
      shell("chmod 400 " + folder_.path() + "/" + secret);
    }
    folder_.write("bridge.yaml", "listen: 127.0.0.1:0\nstate_dir: " + folder_.path() + "/state\ncheck_every: never\n" +
                                     "tls: {certificate: " + folder_.path() + "/tls.pem, key: " + folder_.path() + "/tls.key}\n" +
                                     "salesforce: {login_url: http://127.0.0.1:1, client_id: a, webhook_secret: {file: " +
                                     folder_.path() + "/sf-secret}}\nopencx: {url: http://127.0.0.1:1}\n");
  }
  /// What the bridge finds under the names of its settings.
  void use(const std::string& certificate, const std::string& key) const {
    shell("cd " + folder_.path() + " && cp " + certificate + ".pem tls.pem && cp " + key + ".key tls.key");
  }
  void start() {
    const auto file = [&](const char* name) { return folder_.path() + "/" + name; };
    shell("mkdir " + file("credentials") + " && cp " + file("cx-key") + " " + file("credentials/opencx.api_key"));
    bridge_ = std::make_unique<Background>(
        "SALESFORCE_CLIENT_SECRET_FILE=" + file("client-secret") + " OPENCX_WEBHOOK_SECRET_FILE=" + file("cx-secret") +
            " CREDENTIALS_DIRECTORY=" + file("credentials") + " \"$BRIDGE\" --config " + file("bridge.yaml"),
        file("log"), "listening");
    url_ = shell("sed -n 's/.*event=listening url=//p' " + file("log") + " | tr -d '\\n'").output;
  }
  /// By whom curl is told to trust that authority alone.
  std::string asked(const std::string& authority, const std::string& path = "/healthz") const {
    return shell("curl -sS -m 20 --cacert " + folder_.path() + "/" + authority + ".pem " + url_ + path).output;
  }
  void hang_up(const char* until) {
    bridge_->send(SIGHUP);
    EXPECT_TRUE(becomes_true([&] { return bridge_->output().find(until) != std::string::npos; })) << bridge_->output();
  }

  ScratchFolder folder_;
  std::unique_ptr<Background> bridge_;
  std::string url_;
};

TEST_F(BridgeWithTls, ShowsAnotherCertificateAfterAHangUp) {
  start();
  EXPECT_THAT(url_, HasSubstr("https://127.0.0.1:")) << bridge_->output();
  EXPECT_THAT(asked("first"), HasSubstr(R"("status":"ok")"));
  EXPECT_THAT(asked("second"), HasSubstr("certificate"));
  const auto plain = shell("curl -s -m 5 -o /dev/null -w '%{http_code}' http" + url_.substr(5) + "/healthz").output;
  EXPECT_EQ(plain, "000") << "nothing is answered without TLS";

  use("second", "second");
  hang_up("event=\"certificate read again\"");
  EXPECT_THAT(asked("second"), HasSubstr(R"("status":"ok")"));
  EXPECT_THAT(asked("first"), HasSubstr("certificate"));

  use("first", "second");
  hang_up("event=\"certificate not taken up\"");
  EXPECT_THAT(asked("second"), HasSubstr(R"("status":"ok")")) << "a key of another one: the one from before is used";
  folder_.write("tls.pem", "no certificate\n");
  bridge_->send(SIGHUP);
  EXPECT_TRUE(becomes_true([&] { return bridge_->output().find("cannot use the certificate chain") != std::string::npos; }));
  EXPECT_THAT(asked("second"), HasSubstr(R"("status":"ok")"));
}

TEST_F(BridgeWithTls, TakesSecretsFromFilesAndShowsNone) {
  start();
  EXPECT_THAT(asked("first", "/hooks/opencx/cx-secret-planted -d '{\"event\":\"x\"}' -H 'Content-Type: application/json'"),
              Not(HasSubstr("not found")));
  EXPECT_THAT(asked("first", "/hooks/opencx/another -d '{}' -H 'Content-Type: application/json'"), HasSubstr("not found"));
  bridge_->kill(SIGTERM);
  const auto shown =
      shell("SALESFORCE_CLIENT_SECRET_FILE=" + folder_.path() + "/client-secret OPENCX_WEBHOOK_SECRET_FILE=" + folder_.path() +
            "/cx-secret CREDENTIALS_DIRECTORY=" + folder_.path() + "/credentials \"$BRIDGE\" --check --config " + folder_.path() +
            "/bridge.yaml");
  EXPECT_EQ(shown.exit_code, 0) << shown.output;
  EXPECT_THAT(shown.output,
              AllOf(HasSubstr("api_key: (set)"), HasSubstr("client_secret: (set)"), HasSubstr("webhook_secret: (set)")));
  EXPECT_THAT(shown.output + bridge_->output(), Not(HasSubstr("planted")));
}

TEST_F(BridgeWithTls, SaysThatItsCertificateEnds) {
  start();
  const auto checked = [&] { return shell("\"$BRIDGE\" check --config " + folder_.path() + "/bridge.yaml").output; };
  EXPECT_THAT(checked(), HasSubstr("it expires at 20")) << "in two days";
  shell("cd " + folder_.path() + " && openssl req -x509 -key first.key -days 90 -out long.pem -subj /CN=127.0.0.1");
  use("long", "first");
  EXPECT_THAT(checked(), HasSubstr("it counts until 20"));
  shell(
      "cd " + folder_.path() +
      " && openssl req -new -key first.key -subj /CN=127.0.0.1 -out old.csr && openssl x509 -req -in old.csr -signkey first.key " +
      "-days -1 -out old.pem");
  use("old", "first");
  EXPECT_THAT(checked(), HasSubstr("it has expired at 20"));
}

TEST_F(BridgeWithTls, DoesNotStartWithHalfOfIt) {
  folder_.write("half.yaml", folder_.read("bridge.yaml").replace(folder_.read("bridge.yaml").find(", key: "), 7, "} #"));
  EXPECT_THAT(shell("timeout 20 \"$BRIDGE\" --config " + folder_.path() + "/half.yaml").output,
              HasSubstr("CASEWIRE_TLS_CERTIFICATE and CASEWIRE_TLS_KEY belong together"));
  shell("chmod 644 " + folder_.path() + "/sf-secret");
  const auto open = shell("timeout 20 \"$BRIDGE\" --config " + folder_.path() + "/bridge.yaml");
  EXPECT_EQ(open.exit_code, 2);
  EXPECT_THAT(open.output, HasSubstr("may be read or written by others than its owner: chmod 400"));
}

}  // namespace
}  // namespace casewire::tests
