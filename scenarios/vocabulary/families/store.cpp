// What becomes of what the bridge has stored.

#include "scenarios/language/sentence.hpp"
#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {
namespace {

Played save(Stage& stage, const Action&) {
  auto saved = stage.ring().save_state();
  if (!saved) return Played::harness_fault(saved.error());
  stage.world().note_operator(BridgeFate::What::saved);
  return {};
}

Played started(Stage& stage) {
  auto started = stage.ring().start_bridge();
  return started ? Played{} : Played::troubled("the bridge starts", started.error());
}

Played start_with_what_was_saved(Stage& stage, const Action&) {
  auto restored = stage.ring().restore_state();
  if (!restored) return Played::failed("a backup of what the bridge stores", restored.error());
  stage.world().note_operator(BridgeFate::What::restored);
  return started(stage);
}

Played start_with_nothing(Stage& stage, const Action&) {
  stage.ring().lose_state();
  stage.world().note_operator(BridgeFate::What::emptied);
  return started(stage);
}

}  // namespace

Family store_sentences() {
  const Traits comes_up{.needs = {{Fact::bridge_down}}, .ends = {{Fact::bridge_down}}};
  return {Group::fault,
          "Of what the bridge stores",
          {
              {"a backup is made of what the bridge stores",
               "a backup is made of what the bridge stores",
               "While it runs; a later one takes its place",
               {},
               save},
              {"the bridge starts again with the backup", "the bridge starts again with the backup",
               "After it was killed or stopped, with an older state than it had", comes_up, start_with_what_was_saved},
              {"the bridge starts again with nothing stored", "the bridge starts again with nothing stored",
               "After it was killed or stopped, as on a new disk", comes_up, start_with_nothing},
          }};
}

}  // namespace casewire::scenarios
