#include "bridge/config/secret_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace casewire::bridge {
namespace {

using testing::HasSubstr;
using testing::Not;

class SecretFile : public testing::Test {
 protected:
  SecretFile() { ::mkdtemp(folder_.data()); }
  ~SecretFile() override { std::filesystem::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& text, mode_t mode = 0400) const {
    const auto path = folder_ + "/" + name;
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  static std::string problem(Environment environment) {
    const auto read = read_secret_files(environment);
    return read ? "none" : render(read.error());
  }
  std::string folder_ = (std::filesystem::temp_directory_path() / "casewire-secrets-XXXXXX").string();
};

TEST_F(SecretFile, StandsForTheVariableOfItsName) {
  Environment environment{{"SALESFORCE_CLIENT_SECRET_FILE", write("a", "of all\n")},
                          {"OPENCX_API_KEY_ACME_EU_FILE", write("b", "of acme-eu\r\n")},
                          {"OPENCX_WEBHOOK_SECRET_FILE", write("c", "new-secret\nold-secret\n")},
                          {"OTHER_FILE", "/nowhere"}};
  ASSERT_TRUE(read_secret_files(environment));
  EXPECT_EQ(environment.at("SALESFORCE_CLIENT_SECRET"), "of all");
  EXPECT_EQ(environment.at("OPENCX_API_KEY_ACME_EU"), "of acme-eu");
  EXPECT_EQ(environment.at("OPENCX_WEBHOOK_SECRET"), "new-secret,old-secret");
  EXPECT_FALSE(environment.contains("OTHER"));
}

TEST_F(SecretFile, IsACredentialOfTheService) {
  write("opencx.api_key", "of all");
  write("acme.opencx.api_key", "of acme");
  write("salesforce.client_secret", "not this one");
  write("something.else", "x");
  Environment environment{{"CREDENTIALS_DIRECTORY", folder_}, {"SALESFORCE_CLIENT_SECRET", "the variable wins"}};
  ASSERT_TRUE(read_secret_files(environment));
  EXPECT_EQ(environment.at("OPENCX_API_KEY"), "of all");
  EXPECT_EQ(environment.at("OPENCX_API_KEY_ACME"), "of acme");
  EXPECT_EQ(environment.at("SALESFORCE_CLIENT_SECRET"), "the variable wins");
  EXPECT_EQ(environment.size(), 4u);
}

TEST_F(SecretFile, IsRefusedInWords) {
  const auto of = [](const std::string& path) { return problem({{"OPENCX_API_KEY_FILE", path}}); };
  EXPECT_THAT(of(folder_ + "/none"), HasSubstr("OPENCX_API_KEY_FILE: the file cannot be read: No such file"));
  EXPECT_THAT(of(folder_), HasSubstr("the file is no file"));
  EXPECT_THAT(of(write("empty", "\n")), HasSubstr("the file is empty"));
  EXPECT_THAT(of(write("long", std::string(17'000, 'x'))), HasSubstr("the file is over 16 KB"));
  for (const mode_t mode : {0404, 0420, 0402, 0644}) {
    EXPECT_THAT(of(write("open" + std::to_string(mode), "planted", mode)), HasSubstr("chmod 400, or 440 for a group")) << mode;
    EXPECT_THAT(of(folder_ + "/open" + std::to_string(mode)), Not(HasSubstr("planted")));
  }
  EXPECT_EQ(of(write("of-a-group", "x", 0440)), "none");
  EXPECT_THAT(problem({{"OPENCX_API_KEY_FILE", write("fine", "x")}, {"OPENCX_API_KEY", "y"}}),
              HasSubstr("OPENCX_API_KEY and OPENCX_API_KEY_FILE are both set"));
  EXPECT_THAT(problem({{"CREDENTIALS_DIRECTORY", folder_ + "/none"}}), HasSubstr("cannot be read: No such file"));
}

TEST_F(SecretFile, StandsInTheConfigurationByItsPath) {
  const auto read = [](const std::string& yaml) { return read_configuration(yaml, "b.yaml", {}); };
  const auto config = read("opencx:\n  api_key: {file: " + write("key", "k-1\n") +
                           "}\n  webhook_secret: {file: " + write("hooks", "new-secret\nold-secret\n") + "}\n");
  ASSERT_TRUE(config) << render(config.error());
  EXPECT_EQ(config->shared.opencx.api_key, "k-1");
  EXPECT_EQ(config->shared.opencx.webhook_secrets, (std::vector<std::string>{"new-secret", "old-secret"}));
  const auto refusal = [&](const std::string& yaml) { return render(read(yaml).error()); };
  EXPECT_THAT(refusal("opencx:\n  api_key: {file: " + write("open", "k", 0644) + "}\n"),
              HasSubstr("b.yaml:2:19: error: opencx.api_key: the file may be read or written by others"));
  EXPECT_THAT(refusal("opencx:\n  api_key: {path: x}\n"), HasSubstr("expected its text, or {file: PATH}"));
  EXPECT_THAT(refusal("opencx:\n  url: {file: x}\n"), HasSubstr("opencx.url: expected one value"));
}

}  // namespace
}  // namespace casewire::bridge
