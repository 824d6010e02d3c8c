#include "sim/salesforce/org.hpp"

#include <mutex>
#include <utility>

#include "sim/salesforce/api/operations.hpp"
#include "sim/salesforce/api/refusal.hpp"
#include "sim/salesforce/api/service.hpp"
#include "sim/salesforce/automation/callout.hpp"
#include "sim/salesforce/automation/package.hpp"
#include "sim/salesforce/founding.hpp"
#include "sim/salesforce/people.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {

class Org::Impl {
 public:
  Impl(OrgData data, OrgOptions options, Surroundings surroundings)
      : surroundings_(surroundings), state_(std::move(data), std::move(options), surroundings) {}

  // Runs `work` under the lock, at one instant, and starts the jobs it committed once the lock is released: a job may run, and
  // come back into this org, before spawn() returns.
  template <class Work>
  auto run(Work work) {
    const auto now = surroundings_.runtime.now();
    std::unique_lock lock{mutex_};
    state_.store.set_now(now);
    auto result = work(state_);
    auto jobs = std::exchange(state_.jobs, {});
    const auto url = jobs.empty() ? std::string{} : state_.options.webhook_url;
    lock.unlock();
    for (auto& job : jobs)
      surroundings_.runtime.spawn("salesforce callout " + job.event,
                                  [job = std::move(job), url, surroundings = surroundings_] { run_job(job, url, surroundings); });
    return result;
  }

  SteadyTime steady_now() const { return surroundings_.runtime.steady_now(); }

  Result<void, std::string> found() {
    state_.store.set_now(surroundings_.runtime.now());
    auto founded = found_org(state_);
    if (founded)
      state_.sessions.add_refresh_token(state_.options.refresh_token,
                                        {state_.integration_user_id, state_.data.scope, state_.options.client_id});
    return founded;
  }

 private:
  Surroundings surroundings_;
  std::mutex mutex_;
  OrgState state_;
};

Org::Org(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Org::~Org() = default;

Result<std::unique_ptr<Org>> Org::create(std::string_view org_json, std::string_view file, OrgOptions options,
                                         Surroundings surroundings) {
  auto data = read_org_file(org_json, file);
  if (!data) return fail(data.error());
  if (auto altered = alter_org(*data, options); !altered)
    return fail(Diagnostic{.where = {.file = std::string{file}, .position = {}}, .problem = altered.error()});
  auto impl = std::make_unique<Impl>(std::move(*data), std::move(options), surroundings);
  if (auto founded = impl->found(); !founded)
    return fail(Diagnostic{.where = {.file = std::string{file}, .position = {}}, .problem = founded.error()});
  return std::unique_ptr<Org>{new Org{std::move(impl)}};
}

http::Reply Org::handle(const http::Request& request) {
  const auto now = impl_->steady_now();
  return impl_->run([&](OrgState& org) { return answer_request(org, request, now); });
}

std::vector<std::string> Org::operations(const http::Request& request) const {
  return impl_->run([&](OrgState& org) { return operations_of(org, request); });
}

std::vector<std::string> Org::operation_names() { return salesforce::operation_names(); }

Result<std::string, std::string> Org::add_rep(std::string_view name, std::string_view queue) {
  return impl_->run([&](OrgState& org) { return salesforce::add_rep(org, name, queue); });
}

std::string Org::add_queue(std::string_view name) {
  return impl_->run([&](OrgState& org) { return salesforce::add_queue(org, name); });
}

Result<std::string, std::string> Org::owner_named(std::string_view name) const {
  return impl_->run([&](OrgState& org) { return salesforce::owner_named(org, name); });
}

Result<std::string, std::string> Org::reply(std::string_view user_id, std::string_view case_id, std::string_view text,
                                            const std::vector<OrgFile>& files) {
  return reply(user_id, case_id, RepMail{.text = std::string{text}, .files = files});
}

Result<std::string, std::string> Org::reply(std::string_view user_id, std::string_view case_id, const RepMail& mail) {
  return impl_->run([&](OrgState& org) { return write_mail(org, std::string{user_id}, case_id, mail); });
}

Result<ComposedMail, std::string> Org::compose(std::string_view user_id, std::string_view case_id, const RepMail& mail) {
  return impl_->run([&](OrgState& org) { return compose_mail(org, std::string{user_id}, case_id, mail); });
}

Result<ComposedMail, std::string> Org::alert(std::string_view case_id, const RepMail& mail) {
  return impl_->run([&](OrgState& org) { return compose_mail(org, org.admin_user_id, case_id, mail); });
}

Result<std::string, std::string> Org::attach(std::string_view user_id, std::string_view record_id,
                                             const std::vector<OrgFile>& files) {
  return impl_->run([&](OrgState& org) { return attach_files(org, std::string{user_id}, record_id, files); });
}

Result<std::string, std::string> Org::comment(std::string_view user_id, std::string_view case_id, std::string_view text,
                                              bool published) {
  return impl_->run([&](OrgState& org) { return write_comment(org, std::string{user_id}, case_id, text, published); });
}

Result<std::string, std::string> Org::post(std::string_view user_id, std::string_view case_id, const FeedPost& post) {
  return impl_->run([&](OrgState& org) { return write_post(org, std::string{user_id}, case_id, post); });
}

Result<void, std::string> Org::edit_comment(std::string_view user_id, std::string_view comment_id, std::string_view text) {
  return impl_->run([&](OrgState& org) { return salesforce::edit_comment(org, std::string{user_id}, comment_id, text); });
}

Result<std::string, std::string> Org::create(std::string_view user_id, std::string_view object, const Json& fields) {
  return impl_->run([&](OrgState& org) { return create_record(org, std::string{user_id}, object, fields); });
}

Result<void, std::string> Org::update(std::string_view user_id, std::string_view record_id, const Json& fields) {
  return impl_->run([&](OrgState& org) { return update_record(org, std::string{user_id}, record_id, fields); });
}

Result<void, std::string> Org::remove(std::string_view user_id, std::string_view record_id) {
  return impl_->run([&](OrgState& org) { return delete_record(org, std::string{user_id}, record_id); });
}

Result<void, std::string> Org::undelete(std::string_view user_id, std::string_view record_id) {
  return impl_->run([&](OrgState& org) { return undelete_record(org, std::string{user_id}, record_id); });
}

Result<void, std::string> Org::merge(std::string_view user_id, std::string_view master_id,
                                     const std::vector<std::string>& losers) {
  return impl_->run([&](OrgState& org) { return merge_records(org, std::string{user_id}, master_id, losers); });
}

Result<void, std::string> Org::set_active(std::string_view user_id, bool active) {
  return impl_->run([&](OrgState& org) { return salesforce::set_active(org, user_id, active); });
}

Result<void, std::string> Org::set_trigger_active(std::string_view object, bool active) {
  return impl_->run([&](OrgState& org) { return salesforce::set_trigger_active(org, object, active); });
}

void Org::point_named_credential(std::string url) {
  impl_->run([&](OrgState& org) {
    salesforce::point_named_credential(org, std::move(url));
    return true;
  });
}

void Org::answer_as_another_org(bool another) {
  impl_->run([another](OrgState& org) {
    org.organization_id = make_id("00D", org.data.organization_number + (another ? 1 : 0));
    org.sessions.belong_to(org.organization_id.substr(0, 15));
    return true;
  });
}

void Org::revoke_tokens() {
  impl_->run([](OrgState& org) {
    org.sessions.revoke_all_of(org.integration_user_id);
    return true;
  });
}

void Org::add_validation_rule(ValidationRule rule) {
  impl_->run([&](OrgState& org) {
    org.saver.obstacles.add_rule(std::move(rule));
    return true;
  });
}

Result<void, std::string> Org::lock_row(std::string_view record_id, milliseconds duration) {
  return impl_->run([&](OrgState& org) -> Result<void, std::string> {
    const auto id = canonical_id(record_id);
    if (!id || !org.store.find(*id)) return fail("there is no row " + std::string{record_id});
    org.saver.obstacles.lock(*id, org.store.now() + duration);
    return {};
  });
}

Result<void, std::string> Org::leave_out_of_queries(std::string_view record_id, milliseconds duration) {
  return impl_->run([&](OrgState& org) -> Result<void, std::string> {
    const auto id = canonical_id(record_id);
    if (!id || !org.store.find(*id)) return fail("there is no row " + std::string{record_id});
    org.missing_from_queries[*id] = org.store.now() + duration;
    return {};
  });
}

void Org::set_storage_full(Storage storage, bool full) {
  impl_->run([&](OrgState& org) {
    org.saver.obstacles.set_full(storage, full);
    return true;
  });
}

Result<void, std::string> Org::withhold(std::string_view user_id, Rights::Right right, std::string_view object) {
  return impl_->run([&](OrgState& org) -> Result<void, std::string> {
    const auto* type = org.store.schema().find(object);
    if (!type) return fail("the org has no object \"" + std::string{object} + "\"");
    org.saver.rights.withhold(user_id, *type, right);
    return {};
  });
}

Result<void, std::string> Org::withhold_field(std::string_view user_id, std::string_view object, std::string_view field) {
  return impl_->run([&](OrgState& org) -> Result<void, std::string> {
    const auto* type = org.store.schema().find(object);
    const auto* named = type ? type->field(field) : nullptr;
    if (!named) return fail("the org has no field \"" + std::string{object} + "." + std::string{field} + "\"");
    org.saver.rights.withhold(user_id, *type, *named);
    return {};
  });
}

void Org::give_rights_back(std::string_view user_id) {
  impl_->run([&](OrgState& org) {
    org.saver.rights.give_back(user_id);
    return true;
  });
}

void Org::set_requests_used_up(bool used_up) {
  impl_->run([&](OrgState& org) {
    org.requests_used_up = used_up;
    return true;
  });
}

Result<void, std::string> Org::refuse_saves(std::string_view operation, std::string_view code, std::size_t count,
                                            std::size_t rows_before) {
  return impl_->run([&](OrgState& org) { return order_refusal(org, operation, code, count, rows_before); });
}

std::size_t Org::refusals_left() const {
  return impl_->run([](OrgState& org) { return org.saver.obstacles.refusals_left(); });
}

std::optional<http::Response> Org::refusal(std::string_view code) { return salesforce::refusal(code); }
std::vector<std::string> Org::refusal_codes() { return salesforce::refusal_codes(); }

void Org::expire_access_tokens() {
  impl_->run([](OrgState& org) {
    org.sessions.expire_all();
    return true;
  });
}

Result<std::vector<Json>, soql::Error> Org::query(std::string_view text, bool with_deleted) const {
  const auto parsed = soql::parse(text);
  if (!parsed) return fail(parsed.error());
  const auto rows = impl_->run([&](OrgState& org) { return soql::evaluate(*parsed, org.store, {.with_deleted = with_deleted}); });
  if (!rows) return fail(rows.error());
  return rows->records.trees();
}

std::string Org::file_content(std::string_view content_version_id) const {
  return impl_->run([&](OrgState& org) {
    const auto id = canonical_id(content_version_id);
    return id ? org.store.bytes(*id).value_or("") : std::string{};
  });
}

std::string Org::integration_user_id() const {
  return impl_->run([](OrgState& org) { return org.integration_user_id; });
}

std::string Org::integration_username() const {
  return impl_->run([](OrgState& org) { return org.store.find(org.integration_user_id)->text("Username"); });
}

std::vector<std::string> Org::not_modelled() const {
  return impl_->run([](OrgState& org) { return org.not_modelled; });
}

}  // namespace casewire::sim::salesforce
