#include "bridge/intake/intake.hpp"

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "bridge/intake/hooks.hpp"
#include "bridge/intake/signature.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kOpenCx = "opencx", kSalesforce = "salesforce";

http::Reply answer(int status, const Json& body) {
  http::Reply reply{.response = {.status = status, .body = dump_json(body)}};
  reply.response.headers.add("Content-Type", "application/json");
  return reply;
}

bool is_secret(std::string_view given, const std::vector<std::string>& secrets) {
  bool is_one = false;
  for (const auto& secret : secrets) {
    if (equal_in_constant_time(given, secret)) is_one = true;
  }
  return is_one;
}

/// A callout from Apex says "application/x-www-form-urlencoded" of its JSON unless its author set the type: refusing that would
/// lose events. What no sender of ours could mean is refused.
bool is_acceptable(std::optional<std::string_view> content_type) {
  if (!content_type) return true;
  const auto type = lowercase(trimmed(content_type->substr(0, content_type->find(';'))));
  return type.empty() || type == "application/json" || type.ends_with("+json") || type == "text/plain" ||
         type == "application/x-www-form-urlencoded";
}

/// W3C Trace Context, "traceparent": version, trace id, parent id, flags. Anything else is not passed on.
std::string traceparent_of(const http::Request& request) {
  const auto header = request.headers.find("traceparent");
  if (!header || header->size() != 55) return {};
  for (std::size_t i = 0; i < header->size(); ++i) {
    const char c = (*header)[i];
    const bool is_dash_place = i == 2 || i == 35 || i == 52;
    const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (is_dash_place ? c != '-' : !is_hex) return {};
  }
  return std::string(*header);
}

}  // namespace

bool is_webhook_secret(const Config& config, std::string_view vendor, std::string_view secret) {
  if (vendor == kOpenCx) return is_secret(secret, config.opencx.webhook_secrets);
  return vendor == kSalesforce && is_secret(secret, config.salesforce.webhook_secrets);
}

http::Reply refuse(int status, std::string_view why) { return answer(status, {{"error", why}}); }

Intake::Intake(Runtime& runtime, Store& store, Events& events, const Config& config, std::function<void()> stored)
    : runtime_(runtime),
      store_(store),
      events_(events),
      settings_(std::make_shared<const Config>(config)),
      stored_(std::move(stored)) {}

void Intake::take_up(const Config& config) {
  auto settings = std::make_shared<const Config>(config);
  const std::lock_guard lock(mutex_);
  settings_ = std::move(settings);
}

std::shared_ptr<const Config> Intake::settings() const {
  const std::lock_guard lock(mutex_);
  return settings_;
}

bool Intake::believes(std::string_view vendor, std::string_view secret) const {
  return is_webhook_secret(*settings(), vendor, secret);
}

void Intake::add_routes(http::Router& router) {
  const auto add = [&](const char* pattern, Sender sender) {
    router.add("POST", pattern, [this, sender](const http::Request& request, const http::PathParameters& parameters) {
      return receive(request, parameters.at("secret"), sender);
    });
  };
  add("/hooks/opencx/{secret}", Sender::opencx);
  add("/hooks/salesforce/{secret}", Sender::salesforce);
}

http::Reply Intake::receive(const http::Request& request, const std::string& secret, Sender sender) {
  if (believes(name_of(sender), secret)) return take(request, sender);
  // A wrong secret looks like a wrong path: nobody learns that he was near. But who set it up wrongly must find it here.
  events_.tell(happening::webhook_refused, {{"sender", name_of(sender)}, {"problem", "wrong secret in the path"}});
  return refuse(404, "not found");
}

http::Reply Intake::take(const http::Request& request, Sender sender) {
  const auto refuse_and_tell = [&](int status, const char* why) {
    events_.tell(happening::webhook_refused, {{"sender", name_of(sender)}, {"problem", why}});
    return refuse(status, why);
  };
  if (request.body.size() > HookLimits::body_bytes_max) return refuse_and_tell(413, "over 1 MiB");
  if (!is_acceptable(request.headers.find("Content-Type"))) return refuse_and_tell(415, "send application/json");
  if (sender == Sender::opencx) {
    const auto now = settings();
    const auto signature = check_signature(request, now->opencx.webhook_secrets, runtime_.now());
    const bool may_be_absent = !now->opencx.require_signature;
    if (signature != Signature::valid && !(signature == Signature::absent && may_be_absent)) {
      events_.tell(happening::webhook_refused, {{"sender", "opencx"}, {"signature", std::string(bridge::name_of(signature))}});
      return refuse(401, "signature " + std::string(bridge::name_of(signature)));
    }
  }
  try {
    return store_hints(request, sender);
  } catch (const StoreFailure& failure) {
    events_.tell(happening::webhook_not_stored, {{"sender", name_of(sender)}, {"what", failure.what()}});
    auto reply = refuse(503, "not stored; send again");
    reply.response.headers.add("Retry-After", "5");
    return reply;
  }
}

http::Reply Intake::store_hints(const http::Request& request, Sender sender) {
  const auto now = settings();
  const ReplyEvents replies{.comments = now->salesforce.public_comments_are_replies,
                            .posts = now->salesforce.public_posts_are_replies};
  const auto hints = sender == Sender::opencx ? opencx_hints(request.body) : salesforce_hints(request.body, replies);
  if (!hints) {
    events_.tell(happening::webhook_unclear, {{"sender", name_of(sender)}, {"problem", hints.error()}});
    return refuse(400, hints.error());
  }
  Changes changes{.at = runtime_.now()};
  const auto traceparent = traceparent_of(request);
  for (const auto& subject : hints->subjects) {
    if (hints->only_if_known && !is_known(subject)) continue;
    if (hints->tells_of_people) changes.marks.push_back({"people:" + subject, "told", changes.at});
    changes.hints.push_back({.subject = subject, .traceparent = traceparent});
  }
  if (!changes.hints.empty()) {
    store_.commit(changes);
    stored_();
  }
  tell_taken(changes.hints, sender);
  return answer(202, {{"accepted", changes.hints.size()}});
}

void Intake::tell_taken(const std::vector<Hint>& hints, Sender sender) {
  LogFields facts{{"sender", name_of(sender)}};
  if (hints.empty()) return events_.tell(happening::webhook_idle, std::move(facts));
  const auto& subject = hints.front().subject;
  facts.emplace_back("subject", subject);
  if (const auto session = session_of(store_, subject); !session.empty()) facts.emplace_back("session", session);
  if (hints.size() > 1) facts.emplace_back("subjects", std::to_string(hints.size()));
  events_.tell(happening::webhook_taken, std::move(facts));
}

std::string Intake::name_of(Sender sender) { return std::string(sender == Sender::opencx ? kOpenCx : kSalesforce); }

bool Intake::is_known(std::string_view subject) const {
  if (store_.job(subject)) return true;
  const auto id = subject.substr(subject.find(':') + 1);
  return !(subject.starts_with("session:") ? store_.links_of_session(id) : store_.links_of_case(id)).empty();
}

}  // namespace casewire::bridge
