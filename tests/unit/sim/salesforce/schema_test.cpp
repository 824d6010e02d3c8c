#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "sim/salesforce/schema/packed.hpp"
#include "sim/salesforce/schema/place.hpp"
#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::HasSubstr;

TEST(StandardSchema, KnowsTheObjectsOfAServiceOrgWithoutRegardToCase) {
  const auto schema = Schema::standard();
  const auto* type = schema.find("casecomment");
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->name, "CaseComment");
  EXPECT_EQ(type->field("COMMENTBODY")->bytes_max, 4000u);
  EXPECT_EQ(schema.with_prefix("500")->name, "Case");
  EXPECT_EQ(schema.find("Case")->child("emailmessages")->field, "ParentId");
  EXPECT_EQ(schema.find("Case")->relationship("owner")->name, "OwnerId");
}

TEST(StandardSchema, RefersOnlyToObjectsItKnows) {
  const auto schema = Schema::standard();
  for (const auto& type : schema.types()) {
    for (const auto& field : type.fields)
      for (const auto& target : field.references) EXPECT_NE(schema.find(target), nullptr) << type.name << "." << field.name;
    for (const auto& child : type.children) {
      const auto* object = schema.find(child.object);
      if (!object) {
        EXPECT_TRUE(schema.lacks(child.object)) << type.name << "." << child.name << " is neither modelled nor known by name";
        continue;
      }
      EXPECT_TRUE(object->field(child.field) || object->lacks(child.field)) << type.name << "." << child.name;
    }
  }
}

TEST(StandardSchema, IsWhatItsFileSays) {
  const std::string file = CASEWIRE_SOURCE_DIR "/sim/salesforce/schema/standard.json";
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  const auto read = Schema::read(text.str(), file);
  ASSERT_TRUE(read) << render(read.error());
  EXPECT_EQ(pack(Schema::standard()), pack(*read));
}

TEST(PackedSchema, IsNoneWithoutItsEnd) {
  const auto bytes = pack(Schema::standard());
  EXPECT_THROW(unpack(std::string_view{bytes}.substr(0, bytes.size() - 1)), std::out_of_range);
}

TEST(OrgSchema, GainsCustomFields) {
  auto schema = Schema::standard();
  ASSERT_TRUE(schema.extend(R"({"schema": {"objects": {"Case": {"fields": [
      {"name": "Handoff__c", "type": "string", "length": 80, "externalId": true, "unique": true, "caseSensitive": true}]}}}})",
                            "org.json"));
  const auto* field = schema.find("Case")->field("handoff__c");
  ASSERT_NE(field, nullptr);
  EXPECT_TRUE(field->custom && field->external_id && field->unique && field->case_sensitive && field->nillable);
}

struct BadSchema {
  const char* name;
  const char* json;
  Position position;
  const char* problem;
};

class OrgSchemaSlip : public testing::TestWithParam<BadSchema> {};

TEST_P(OrgSchemaSlip, IsNamedWithLineAndColumn) {
  auto schema = Schema::standard();
  const auto extended = schema.extend(GetParam().json, "org.json");
  ASSERT_FALSE(extended);
  EXPECT_EQ(extended.error().where.file, "org.json");
  EXPECT_EQ(extended.error().where.position, GetParam().position) << render(extended.error());
  EXPECT_THAT(extended.error().problem, HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    , OrgSchemaSlip,
    testing::Values(
        BadSchema{"UnknownMember", "{\"schema\": {\n  \"objets\": {}}}", {2, 13}, "unknown member \"objets\""},
        BadSchema{"UnknownType",
                  "{\"schema\": {\"objects\": {\"Case\": {\"fields\": [\n{\"name\": \"A__c\", \"type\": \"strng\"}]}}}}",
                  {2, 26},
                  "unknown field type"},
        BadSchema{"FieldTwice",
                  "{\"schema\": {\"objects\": {\"Case\": {\"fields\": [\n{\"name\": \"subject\", \"type\": \"string\"}]}}}}",
                  {2, 10},
                  "already"},
        BadSchema{"NoTarget",
                  "{\"schema\": {\"objects\": {\"Case\": {\"fields\": [\n{\"name\": \"A__c\", \"type\": \"reference\"}]}}}}",
                  {2, 1},
                  "refers to"},
        BadSchema{"NoPicklist",
                  "{\"schema\": {\"objects\": {\"Case\": {\"picklists\": {\n\"Subject\": {\"values\": [\"A\"]}}}}}}",
                  {2, 12},
                  "has no picklist \"Subject\""},
        BadSchema{"NoValues",
                  "{\"schema\": {\"objects\": {\"Case\": {\"picklists\": {\n\"Origin\": {\"restricted\": true}}}}}}",
                  {2, 11},
                  "a picklist has values"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(PlaceInJson, PassesOverStringsThatHoldBrackets) {
  const std::string_view json = R"({"a": "}]\"{", "b": [1, {"c": true}]})";
  EXPECT_EQ(json.substr(offset_in_json(json, {"b", "1", "c"}), 4), "true");
  EXPECT_EQ(offset_in_json(json, {"nothing"}), 0u);
}

TEST(Schema, NothingIsBothThereAndLacking) {
  const auto schema = Schema::standard();
  EXPECT_TRUE(schema.lacks("opportunity"));
  EXPECT_TRUE(schema.lacks("CaseFeed"));
  EXPECT_FALSE(schema.lacks("NothingFeed"));
  EXPECT_FALSE(schema.lacks("Case"));
  EXPECT_FALSE(schema.lacks("Nothing"));
  EXPECT_TRUE(schema.find("EmailMessage")->lacks("toids"));
  for (const auto& type : schema.types())
    for (const auto& name : type.unmodelled) EXPECT_FALSE(type.field(name)) << type.name << "." << name;
}

TEST(Schema, AnOrgSaysWhatItsPicklistsTake) {
  auto schema = Schema::standard();
  ASSERT_TRUE(schema.extend(
      R"({"schema": {"objects": {"Case": {"picklists": {"origin": {"values": ["Phone", "Web"], "restricted": true}}}}}})",
      "org.json"));
  const auto* origin = schema.find("Case")->field("Origin");
  EXPECT_EQ(origin->values, (std::vector<std::string>{"Phone", "Web"}));
  EXPECT_TRUE(origin->restricted);
}

TEST(Schema, AnOrgsOwnFieldIsNoLongerLacking) {
  auto schema = Schema::standard();
  ASSERT_TRUE(
      schema.extend(R"({"schema": {"objects": {"Case": {"fields": [{"name": "AssetId", "type": "string"}]}}}})", "org.json"));
  EXPECT_FALSE(schema.find("Case")->lacks("AssetId"));
}

}  // namespace
}  // namespace casewire::sim::salesforce
