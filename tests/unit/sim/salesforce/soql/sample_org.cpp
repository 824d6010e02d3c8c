#include "tests/unit/sim/salesforce/soql/sample_org.hpp"

#include <cstdlib>

namespace casewire::sim::salesforce::soql {
namespace {

constexpr std::string_view kSchema = R"({"schema": {"objects": {"Case": {"fields": [
  {"name": "Ref__c", "type": "string", "length": 10},
  {"name": "Amount__c", "type": "double", "precision": 18, "scale": 2},
  {"name": "Visits__c", "type": "int", "digits": 8},
  {"name": "Due__c", "type": "date"},
  {"name": "Topics__c", "type": "multipicklist", "length": 400, "flags": "CUNF", "values": ["Billing", "Mail", "Shop"]},
  {"name": "Key__c", "type": "string", "length": 80, "unique": true, "externalId": true, "caseSensitive": true}
]}}}})";

Schema schema() {
  auto standard = Schema::standard();
  if (!standard.extend(kSchema, "sample.json")) std::abort();
  return standard;
}

Date day(int year, unsigned month, unsigned of_month) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month}};
}

}  // namespace

WallTime instant(std::string_view text) {
  const auto parsed = parse_iso8601(text);
  if (!parsed) std::abort();
  return *parsed;
}

std::string SampleOrg::add(std::string_view object, Values values) {
  const SObjectType& type = *store_.schema().find(object);
  std::vector<Value> row(type.fields.size());
  const std::string id = store_.next_id(type);
  row.front() = id;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (type.fields[i].type == FieldType::boolean) row[i] = false;
  }
  for (const auto& [name, value] : values) row[index_of(type, *type.field(name))] = value;
  store_.insert(type, id, std::move(row));
  return id;
}

SampleOrg::SampleOrg() : store_(schema()) {
  using namespace std::literals;
  store_.set_now(instant("2026-01-05T09:00:00Z"));
  acme = add("Account", {{"Name", "Acme"s}});
  globex = add("Account", {{"Name", "Globex"s}});
  dana = add("Contact", {{"LastName", "Dana"s}, {"Name", "Dana"s}, {"Email", "dana@example.test"s}, {"AccountId", acme}});
  eli = add("Contact", {{"LastName", "Eli"s}, {"Name", "Eli"s}});
  ruiz = add("User", {{"Name", "Ruiz"s}, {"LastName", "Ruiz"s}, {"Email", "ruiz@acme.test"s}});
  queue = add("Group", {{"Name", "Support"s}, {"Type", "Queue"s}});
  // clang-format off
  a = add("Case", {{"Ref__c", "a"s}, {"Subject", "Order 1182"s}, {"Status", "New"s}, {"Priority", "High"s}, {"ContactId", dana},
                   {"AccountId", acme}, {"OwnerId", ruiz}, {"CreatedDate", instant("2026-01-05T08:30:00Z")}, {"Amount__c", 10.5},
                   {"Visits__c", std::int64_t{3}}, {"Due__c", day(2026, 1, 5)}, {"Topics__c", "Billing;Mail"s}, {"Key__c", "s#1"s}});
  b = add("Case", {{"Ref__c", "b"s}, {"Subject", "refund"s}, {"Status", "Closed"s}, {"Priority", "Low"s}, {"IsClosed", true},
                   {"ContactId", dana}, {"AccountId", acme}, {"OwnerId", queue}, {"CreatedDate", instant("2025-12-31T23:59:59Z")},
                   {"Amount__c", -2.0}, {"Visits__c", std::int64_t{1}}, {"Due__c", day(2025, 12, 31)}, {"Topics__c", "Shop"s},
                   {"Key__c", "S#1"s}});
  c = add("Case", {{"Ref__c", "c"s}, {"Status", "Working"s}, {"Priority", "Medium"s}, {"OwnerId", ruiz},
                   {"CreatedDate", instant("2026-01-01T00:00:00Z")}});
  d = add("Case", {{"Ref__c", "d"s}, {"Subject", "100% _s\xC3\x9CRE_"s}, {"Status", "New"s}, {"Priority", "Medium"s},
                   {"ContactId", eli}, {"OwnerId", ruiz}, {"CreatedDate", instant("2026-01-04T12:00:00Z")}, {"Amount__c", 10.5},
                   {"Visits__c", std::int64_t{3}}, {"Topics__c", "Billing"s}});
  // clang-format on
  add("CaseComment", {{"ParentId", a}, {"CommentBody", "first"s}, {"CreatedById", ruiz}});
  add("CaseComment", {{"ParentId", a}, {"CommentBody", "second"s}, {"IsPublished", true}, {"CreatedById", ruiz}});
  mail = add("EmailMessage", {{"ParentId", a}, {"Subject", "Re: Order"s}, {"Status", "3"s}});
  document = add("ContentDocument", {{"Title", "invoice"s}, {"FileExtension", "pdf"s}});
  add("ContentDocumentLink", {{"ContentDocumentId", document}, {"LinkedEntityId", mail}});
}

Result<Rows, Error> SampleOrg::run(std::string_view soql, const Options& options) const {
  const auto query = parse(soql);
  if (!query) return fail(query.error());
  return evaluate(*query, store_, options);
}

std::string SampleOrg::refs(std::string_view rest) const {
  const auto rows = run("SELECT Ref__c FROM Case " + std::string{rest});
  if (!rows) return rows.error().message.substr(rows.error().message.rfind('\n') + 1);
  std::string text;
  for (const Json& record : rows->records.trees()) text += (text.empty() ? "" : " ") + string_member(record, "Ref__c");
  return text;
}

std::string SampleOrg::show(std::string_view soql, const Options& options) const {
  const auto rows = run(soql, options);
  if (!rows) return rows.error().code + ": " + rows.error().message;
  std::string text;
  for (std::size_t i = 0; i < rows->records.size(); ++i) text += std::string{rows->records.slice(i, i + 1)} + "\n";
  return text;
}

const SampleOrg& sample() {
  static const SampleOrg org;
  return org;
}

}  // namespace casewire::sim::salesforce::soql
