#pragma once
// How a client finds its way: what there is, how pages look, what changed lately. Source: REST API Developer Guide, the resource's
// own chapter, v66.0.

#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

// finding.cpp
Answer show_resources(Call& call);   ///< "Resources by Version"
Answer show_composites(Call& call);  ///< "Get a List of Composite Resources"
Answer show_tabs(Call& call);        ///< "Tabs"
Answer show_theme(Call& call);       ///< "Themes"
// viewed.cpp; "Recently Viewed Items", "Most Recently Used Header"
Answer show_recent(Call& call);
/// The rows of the type that the caller viewed last, the newest first; of every type where none is given.
Json viewed_rows(const Call& call, const SObjectType* only = nullptr);
/// The caller has seen these rows: a query FOR VIEW or FOR REFERENCE showed them, or a request with `Sforce-Mru` named one.
void note_viewed(Call& call, const std::vector<std::string>& ids);
// limits.cpp
Answer show_limits(Call& call);
Answer show_record_counts(Call& call);  ///< "Record Count"
// ranges.cpp; "sObject Get Deleted", "sObject Get Updated"
Answer show_deleted(Call& call);
Answer show_updated(Call& call);
// layouts.cpp; "sObject Layouts", "sObject CompactLayouts", "sObject ApprovalLayouts", "sObject Quick Actions"
Answer show_layouts(Call& call);
Answer show_layout(Call& call);
Answer show_compact_layouts(Call& call);
Answer show_primary_compact_layout(Call& call);
Answer show_approval_layouts(Call& call);
Answer show_named_layout(Call& call);
Answer show_compact_layouts_of_several(Call& call);
/// The fields in rows of two, as layouts and quick actions show them.
Json layout_rows(const SObjectType& type, bool editing);
// list_views.cpp; "List Views" and the three chapters behind it
Answer show_list_views(Call& call);
Answer show_recent_list_views(Call& call);
Answer show_list_view(Call& call);
Answer describe_list_view(Call& call);
Answer show_list_view_results(Call& call);
/// The SOQL of the list view with this id; nullopt when there is none.
std::optional<std::string> query_of_list_view(const Call& call, std::string_view id);
// actions.cpp; "Quick Actions"; Actions Developer Guide, "Custom Invocable Actions"
Answer show_quick_actions(Call& call);
Answer describe_quick_action(Call& call);
Answer show_default_values(Call& call);
Answer do_quick_action(Call& call);
Answer show_action_kinds(Call& call);
Answer show_custom_action_kinds(Call& call);
Answer show_custom_actions(Call& call);
Answer refuse_custom_action(Call& call);
// processes.cpp; "Process Rules", "Process Approvals"
Answer show_process_rules(Call& call);
Answer run_process_rules(Call& call);
Answer show_approvals(Call& call);
Answer request_approvals(Call& call);
// related.cpp; "sObject Relationships"
Answer read_related(Call& call, const Row& row, std::string_view relationship);

}  // namespace casewire::sim::salesforce
