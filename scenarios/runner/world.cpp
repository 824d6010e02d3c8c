#include "scenarios/runner/world.hpp"

#include <algorithm>

#include "base/text/encoding.hpp"
#include "scenarios/runner/refusals.hpp"
#include "scenarios/tape/replayer.hpp"
#include "sim/opencx/webhooks.hpp"

namespace casewire::scenarios {
namespace {

constexpr const char* kInboundAddress = "in@mail.opencx.test";

/// Answers from the tape; still journalled, since it stands behind the network.
sim::Service replayed(Replayer& replayer, sim::Service model) {
  model.handler = replayer.handler(model.name, std::move(model.handler));
  return model;
}

/// A server tells its time in every answer (RFC 9110, 6.6.1), right or wrong.
http::Reply dated(http::Reply reply, const Runtime& clock) {
  constexpr std::size_t kDateBytes = sizeof("Mon, 05 Jan 2026 09:00:00") - 1;
  reply.response.headers.set("Date", rfc5322_date(clock.now()).substr(0, kDateBytes) + " GMT");
  return reply;
}

}  // namespace

World::World(Staging staging, Urls urls, const Wires& wires)
    : staging_(std::move(staging)),
      urls_(std::move(urls)),
      wires_(wires),
      salesforce_rng_(staging_.seed * 3 + 1),
      opencx_rng_(staging_.seed * 3 + 2),
      people_rng_(staging_.seed * 3 + 3) {}

World::~World() = default;

Result<std::unique_ptr<World>, std::string> World::open(Staging staging, const Urls& urls, const Wires& wires) {
  std::unique_ptr<World> world(new World(std::move(staging), urls, wires));
  const Credentials& credentials = world->staging_.credentials;
  const auto now = [&runtime = wires.opencx] { return runtime.now(); };
  world->journal_ = std::make_unique<sim::Journal>(now, world->staging_.journal_bytes_max);
  sim::Journal& journal = *world->journal_;
  world->network_ = std::make_unique<sim::Network>(journal, world->faults_, now);
  world->exchange_ = std::make_unique<sim::mail::Exchange>(journal, now);
  world->exchange_->on_mail([&journal, now, &faults = world->faults_](const sim::mail::Envelope& mail, std::uint64_t entry) {
    auto strike = faults.meet_mail(mail.recipients, now());
    if (strike) journal.append("network", sim::FaultStrike{strike->sentence, "mail"}, entry);
    return strike;
  });
  world->salesforce_clock_ = std::make_unique<sim::SkewedRuntime>(wires.salesforce, world->faults_, "salesforce");
  world->opencx_clock_ = std::make_unique<sim::SkewedRuntime>(wires.opencx, world->faults_, "opencx");
  if (world->staging_.record) world->recorder_ = std::make_unique<Recorder>(now);
  if (world->is_recorded_here()) {
    // Beneath the network: the tape holds what was on the wire, so a webhook that arrives twice stands there twice.
    world->recorded_from_salesforce_ = world->recorder_->record(wires.from_salesforce, "salesforce");
    world->recorded_from_opencx_ = world->recorder_->record(wires.from_opencx, "opencx");
  }
  world->from_salesforce_ = world->network_->outgoing(
      "salesforce", world->is_recorded_here() ? *world->recorded_from_salesforce_ : wires.from_salesforce, wires.salesforce);
  world->from_opencx_ = world->network_->outgoing(
      "opencx", world->is_recorded_here() ? *world->recorded_from_opencx_ : wires.from_opencx, wires.opencx);

  auto org = sim::salesforce::Org::create(world->staging_.org_json, world->staging_.org_file,
                                          {.instance_url = urls.salesforce,
                                           .client_id = credentials.salesforce_client_id,
                                           .client_secret = credentials.salesforce_client_secret,
                                           .refresh_token = credentials.salesforce_refresh_token,
                                           .webhook_url = world->salesforce_webhook_url()},
                                          {*world->salesforce_clock_, journal, world->salesforce_rng_, *world->from_salesforce_});
  if (!org) return fail(render(org.error(), world->staging_.org_json));
  world->org_ = std::move(*org);
  world->platform_ = std::make_unique<sim::opencx::Platform>(
      sim::opencx::PlatformOptions{.base_url = urls.opencx,
                                   .api_key = credentials.opencx_api_key,
                                   .webhook_url = world->opencx_webhook_url(),
                                   .webhook_secret = credentials.opencx_webhook_secret,
                                   .support_addresses = world->staging_.support_addresses,
                                   .inbound_address = kInboundAddress},
      sim::Surroundings{*world->opencx_clock_, journal, world->opencx_rng_, *world->from_opencx_}, wires.mail);
  sim::opencx::Platform& platform = *world->platform_;
  platform.set_silence(world->staging_.silence);
  platform.behave(world->staging_.opencx);
  if (world->staging_.every_answer)
    platform.answer_every_message(*world->staging_.every_answer, world->staging_.every_answer_after);

  for (const auto& [name, queue] : world->staging_.reps) {
    auto id = world->org_->add_rep(name, queue);
    if (!id) return fail("the rep " + name + " cannot work the queue \"" + queue + "\": " + id.error());
    world->rep_ids_[name] = *id;
  }
  for (const std::string& address : world->staging_.support_addresses) {
    world->exchange_->forward(address, kInboundAddress,
                              [&platform](const sim::mail::Envelope& mail) { return platform.receive(mail); });
  }
  sim::WorldFacts facts{.integration_user_id = world->org_->integration_user_id(),
                        .support_addresses = world->staging_.support_addresses,
                        .seed = world->staging_.seed,
                        .bridge_is_ours = world->staging_.bridge_is_ours};
  for (const auto& [name, address] : world->staging_.customers) {
    world->exchange_->mailbox(address);
    facts.customer_addresses.push_back(address);
  }
  journal.append("world", std::move(facts));

  sim::salesforce::Org& the_org = *world->org_;
  sim::Service salesforce{"salesforce",
                          [&the_org, &clock = *world->salesforce_clock_](const http::Request& request) {
                            return dated(the_org.handle(request), clock);
                          },
                          [&the_org](const http::Request& request) { return the_org.operations(request); },
                          salesforce_refusal,
                          [&the_org](const std::string& operation, const std::string& code, std::size_t rows_before) {
                            return the_org.refuse_saves(operation, code, 1, rows_before).has_value();
                          },
                          &wires.salesforce};
  sim::Service opencx{"opencx",
                      [&platform, &clock = *world->opencx_clock_](const http::Request& request) {
                        return dated(platform.handle(request), clock);
                      },
                      [&platform](const http::Request& request) { return platform.operations(request); },
                      opencx_refusal,
                      {},
                      &wires.opencx};
  if (world->staging_.recording) {
    const auto crash = [&network = *world->network_] { network.crash({.sentence = "the bridge crashes as it did on the tape"}); };
    const auto answered = [&journal](const http::Request& request, const std::string& by) {
      const std::uint64_t entry = sim::cause_of(request.headers.find("traceparent").value_or(""));
      if (entry != 0) journal.amend<sim::HttpExchange>(entry, [&](sim::HttpExchange& exchange) { exchange.answered_by = by; });
    };
    world->replayer_ = std::make_unique<Replayer>(
        *std::move(world->staging_.recording),
        ReplayOptions{now, world->staging_.loosenings, world->staging_.rest_from_model, crash, answered});
    salesforce = replayed(*world->replayer_, std::move(salesforce));
    opencx = replayed(*world->replayer_, std::move(opencx));
  }
  world->salesforce_handler_ = world->network_->serve(std::move(salesforce));
  world->opencx_handler_ = world->network_->serve(std::move(opencx));
  if (world->is_recorded_here()) {
    world->salesforce_handler_ = world->recorder_->record(std::move(world->salesforce_handler_), "salesforce");
    world->opencx_handler_ = world->recorder_->record(std::move(world->opencx_handler_), "opencx");
  }
  // Before anything else: what waits for the clocks has not begun, and has taken no time.
  for (http::Handler* handler : {&world->salesforce_handler_, &world->opencx_handler_}) {
    *handler = world->network_->at_the_door(std::move(*handler));
  }
  return world;
}

std::string World::salesforce_webhook_url() const {
  const Credentials& credentials = staging_.credentials;
  const std::string& by =
      credentials.salesforce_calls_by.empty() ? credentials.salesforce_webhook_secret : credentials.salesforce_calls_by;
  return urls_.bridge + "/hooks/salesforce/" + by;
}

std::string World::opencx_webhook_url() const {
  const Credentials& credentials = staging_.credentials;
  std::string by = credentials.opencx_calls_by;
  if (by.empty()) by = staging_.opencx.also_signs_with;
  if (by.empty()) by = credentials.opencx_webhook_secret;
  return urls_.bridge + "/hooks/opencx/" + by;
}

int World::deliver_webhook(const std::string& from, http::Request recorded, Credence credence) {
  const Credentials& credentials = staging_.credentials;
  const bool salesforce = from == "salesforce";
  recorded.target = urls_.bridge + (salesforce ? "/hooks/salesforce/" + credentials.salesforce_webhook_secret
                                               : "/hooks/opencx/" + credentials.opencx_webhook_secret);
  if (credence == Credence::misaddressed) recorded.target += "-of-somebody-else";
  const bool is_signed = recorded.headers.find("webhook-signature").has_value();
  const std::string id(recorded.headers.find("webhook-id").value_or(""));
  // Of another run, as the trace is.
  for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature", "traceparent", "content-length", "host"}) {
    recorded.headers.remove(name);
  }
  if (is_signed) {
    sim::opencx::PlatformOptions sender;
    sender.webhook_secret = credentials.opencx_webhook_secret;
    sim::opencx::Event event;
    event.id = id;
    event.body = recorded.body;
    const auto of_now = sim::opencx::webhook_request(sender, {}, event, wires_.opencx.now());
    for (const char* name : {"webhook-id", "webhook-timestamp", "webhook-signature"})
      recorded.headers.set(name, std::string(of_now.headers.find(name).value_or("")));
    if (credence == Credence::forged) recorded.headers.set("webhook-signature", "v1," + base64(std::string(32, '\0')));
  }
  const auto answer = (salesforce ? from_salesforce_ : from_opencx_)->send(recorded, {});
  return answer ? answer->status : 0;
}

void World::note_bridge(sim::BridgeEvent event) {
  const auto fate = fate_named(event.event == "asked" ? "parked" : event.event);
  if (recorder_ && fate) recorder_->note(*fate);
  journal_->append("bridge", std::move(event));
}

}  // namespace casewire::scenarios
