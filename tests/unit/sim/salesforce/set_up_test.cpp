// What an administrator sets up over the API: users, and groups with their queues.

#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

class SetUp : public ServiceCloud {
 protected:
  std::string developer_name(const std::string& group) {
    return string_member(query("SELECT DeveloperName FROM Group WHERE Id = '" + group + "'").at(0), "DeveloperName");
  }
  Json refused(const char* method, const std::string& path, const Json& fields) { return call(method, path, fields, 400)[0]; }
};

TEST_F(SetUp, AUsersKeysAreOfTheListsThatThePlatformHas) {
  const auto user = string_member(query("SELECT Id FROM User WHERE Username = 'opencx@acme.test'").at(0), "Id");
  for (const std::string field : {"TimeZoneSidKey", "LocaleSidKey", "EmailEncodingKey", "LanguageLocaleKey"}) {
    const auto error = refused("PATCH", "/sobjects/User/" + user, {{field, "Mars/Olympus"}});
    EXPECT_EQ(error["errorCode"], "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST") << field;
    EXPECT_EQ(error["fields"], Json::array({field}));
  }
  call("PATCH", "/sobjects/User/" + user,
       {{"TimeZoneSidKey", "America/Los_Angeles"},
        {"LocaleSidKey", "de_DE"},
        {"EmailEncodingKey", "ISO-8859-1"},
        {"LanguageLocaleKey", "ja"}},
       204);
  const auto described = call("GET", "/sobjects/User/describe", nullptr, 200);
  for (const auto& field : described["fields"])
    if (field["name"] == "TimeZoneSidKey") {
      EXPECT_GT(field["picklistValues"].size(), 100u);
    }
}

TEST_F(SetUp, AGroupsNameForProgramsIsUniqueAmongItsType) {
  const auto error = refused("POST", "/sobjects/Group", {{"Name", "Other"}, {"DeveloperName", "support"}, {"Type", "Queue"}});
  EXPECT_EQ(error["errorCode"], "DUPLICATE_DEVELOPER_NAME");
  EXPECT_EQ(error["fields"], Json::array({"DeveloperName"}));
  create("Group", {{"Name", "Support"}, {"DeveloperName", "Support"}, {"Type", "Regular"}});
  const auto second = create("Group", {{"Name", "Second"}, {"DeveloperName", "Second"}, {"Type", "Queue"}});
  EXPECT_EQ(refused("PATCH", "/sobjects/Group/" + second, {{"DeveloperName", "Support"}})["errorCode"],
            "DUPLICATE_DEVELOPER_NAME");
  call("PATCH", "/sobjects/Group/" + second, {{"DeveloperName", "Second"}, {"Name", "Support"}}, 204);
}

TEST_F(SetUp, AGroupWithoutOneIsGivenOne) {
  EXPECT_EQ(developer_name(create("Group", {{"Name", "2nd - Tier & more"}, {"Type", "Queue"}})), "X2nd_Tier_more");
  EXPECT_EQ(developer_name(create("Group", {{"Name", "Support"}, {"Type", "Queue"}})), "Support1");
  EXPECT_EQ(developer_name(create("Group", {{"Name", "Support"}, {"Type", "Queue"}})), "Support2");
}

TEST_F(SetUp, AGroupsNameForProgramsIsOneThatProgramsCanSpell) {
  for (const std::string name : {"Tier 2", "2nd", "_x", "x_", "x__y", "x-y"})
    EXPECT_EQ(refused("POST", "/sobjects/Group", {{"Name", "n"}, {"DeveloperName", name}, {"Type", "Queue"}})["errorCode"],
              "FIELD_INTEGRITY_EXCEPTION")
        << name;
  create("Group", {{"Name", "n"}, {"DeveloperName", "x_y2"}, {"Type", "Queue"}});
}

}  // namespace
}  // namespace casewire::sim::salesforce
