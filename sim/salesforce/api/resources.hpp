#pragma once
// The resources of the data API, one function each. Each changes the org only through Saver and commits what it saved, unless a
// composite around it keeps the transaction open.

#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

// body.cpp
/// The JSON object of the request's body; an error answer when there is none.
Result<Json, Answer> object_body(Call& call);
/// A switch of a composite or a collection; absent is false, "true" and "false" in quotes count, anything else is an error answer.
Result<bool, Answer> switch_of(const Json& body, std::string_view name);

// rows.cpp; source: REST API Developer Guide, "sObject Rows", "sObject Rows by External ID", v66.0
Answer create_row(Call& call);
Answer read_row(Call& call);
Answer update_row(Call& call);
Answer delete_row(Call& call);
Answer read_by_key_or_blob(Call& call);
/// A path over several relationships.
Answer read_further(Call& call);
Answer update_further(Call& call);
Answer delete_further(Call& call);
Answer upsert_row(Call& call);
Answer delete_by_key(Call& call);
/// The row as JSON with these fields, parent paths among them ("Subject,Contact.Name").
Result<std::string, Answer> row_with_fields(const Call& call, const Row& row, const std::string& fields);

// password.cpp; "sObject User Password"
/// Whether the path names a user's password, which is neither a key nor a relationship.
bool is_password_of_user(const Call& call, const SObjectType& type);
Answer show_password_state(Call& call);
Answer set_password(Call& call);
Answer reset_password(Call& call);

// queries.cpp; "Query", "QueryAll"
Answer run_query(Call& call);
Answer next_page(Call& call);
/// The first page of rows that no query of the client's own asked for; next_page() has the others.
Answer answer_in_pages(Call& call, soql::Rows rows);
/// Tooling API Developer Guide, "REST Resources", query: of what the org has of the package.
Answer run_tooling_query(Call& call);
/// Whether the Tooling API has this object, as far as it is modelled.
bool is_tooling_object(std::string_view name);
/// Of an object that it has not.
Answer refuse_tooling_query(const std::string& object);
Answer describe_tooling(Call& call);
Answer describe_tooling_basic(Call& call);
Answer describe_tooling_object(Call& call);
Answer read_tooling_row(Call& call);

// collections.cpp; "sObject Collections"
Answer create_collection(Call& call);
Answer update_collection(Call& call);
Answer upsert_collection(Call& call);
Answer delete_collection(Call& call);
Answer read_collection(Call& call);

// composite.cpp; "Composite"
Answer run_composite(Call& call);

// describe.cpp; "Describe Global", "sObject Basic Information", "sObject Describe"
Answer describe_global(Call& call);
Answer describe_basic(Call& call);
Answer describe_object(Call& call);

/// The object that segment `index` names, or nullptr.
const SObjectType* object_at(const Call& call, std::size_t index);
/// Commits unless the call is part of an all-or-none composite.
void finish(Call& call);

}  // namespace casewire::sim::salesforce
