#pragma once
// How a client finds its way: what there is, how pages look, what changed lately. Source: REST API Developer Guide, the resource's
// own chapter, v66.0.

#include "sim/salesforce/api/call.hpp"

namespace casewire::sim::salesforce {

// finding.cpp
Answer show_resources(Call& call);  ///< "Resources by Version"
Answer show_recent(Call& call);     ///< "Recently Viewed Items"
Answer show_tabs(Call& call);       ///< "Tabs"
Answer show_theme(Call& call);      ///< "Themes"
// limits.cpp
Answer show_limits(Call& call);
// ranges.cpp; "sObject Get Deleted", "sObject Get Updated"
Answer show_deleted(Call& call);
Answer show_updated(Call& call);
// layouts.cpp; "sObject Layouts", "sObject CompactLayouts", "sObject ApprovalLayouts", "sObject Quick Actions", "List View"
Answer show_layouts(Call& call);
Answer show_layout(Call& call);
Answer show_compact_layouts(Call& call);
Answer show_primary_compact_layout(Call& call);
Answer show_approval_layouts(Call& call);
Answer show_named_layout(Call& call);
Answer show_quick_actions(Call& call);
Answer show_list_views(Call& call);
// related.cpp; "sObject Relationships"
Answer read_related(Call& call, const Row& row, std::string_view relationship);

}  // namespace casewire::sim::salesforce
