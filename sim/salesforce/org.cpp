#include "sim/salesforce/org.hpp"

#include <mutex>
#include <utility>

#include "sim/salesforce/api/operations.hpp"
#include "sim/salesforce/api/service.hpp"
#include "sim/salesforce/automation/callout.hpp"
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
    lock.unlock();
    for (auto& job : jobs)
      surroundings_.runtime.spawn(
          "salesforce callout " + job.event,
          [job = std::move(job), url = url_, surroundings = surroundings_] { run_job(job, url, surroundings); });
    return result;
  }

  SteadyTime steady_now() const { return surroundings_.runtime.steady_now(); }

  Result<void, std::string> found() {
    state_.store.set_now(surroundings_.runtime.now());
    url_ = state_.options.webhook_url;
    auto founded = found_org(state_);
    if (founded) state_.sessions.add_refresh_token(state_.options.refresh_token, {state_.integration_user_id, state_.data.scope});
    return founded;
  }

 private:
  Surroundings surroundings_;
  std::mutex mutex_;
  OrgState state_;
  std::string url_;  ///< of the named credential; never changes after found()
};

Org::Org(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Org::~Org() = default;

Result<std::unique_ptr<Org>> Org::create(std::string_view org_json, std::string_view file, OrgOptions options,
                                         Surroundings surroundings) {
  auto data = read_org_file(org_json, file);
  if (!data) return fail(data.error());
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

Result<std::string, std::string> Org::reply(std::string_view user_id, std::string_view case_id, std::string_view text,
                                            const std::vector<OrgFile>& files) {
  return impl_->run([&](OrgState& org) { return send_reply(org, std::string{user_id}, case_id, text, files); });
}

Result<std::string, std::string> Org::comment(std::string_view user_id, std::string_view case_id, std::string_view text,
                                              bool published) {
  return impl_->run([&](OrgState& org) { return write_comment(org, std::string{user_id}, case_id, text, published); });
}

Result<void, std::string> Org::update(std::string_view user_id, std::string_view record_id, const Json& fields) {
  return impl_->run([&](OrgState& org) { return update_record(org, std::string{user_id}, record_id, fields); });
}

void Org::expire_access_tokens() {
  impl_->run([](OrgState& org) {
    org.sessions.expire_all();
    return true;
  });
}

Result<std::vector<Json>, soql::Error> Org::query(std::string_view text) const {
  const auto parsed = soql::parse(text);
  if (!parsed) return fail(parsed.error());
  const auto rows = impl_->run([&](OrgState& org) { return soql::evaluate(*parsed, org.store); });
  if (!rows) return fail(rows.error());
  return rows->records.trees();
}

std::string Org::file_content(std::string_view content_version_id) const {
  return impl_->run([&](OrgState& org) {
    const auto id = canonical_id(content_version_id);
    const auto* bytes = id ? org.store.bytes(*id) : nullptr;
    return bytes ? *bytes : std::string{};
  });
}

std::string Org::integration_user_id() const {
  return impl_->run([](OrgState& org) { return org.integration_user_id; });
}

std::vector<std::string> Org::not_modelled() const {
  return impl_->run([](OrgState& org) { return org.not_modelled; });
}

}  // namespace casewire::sim::salesforce
