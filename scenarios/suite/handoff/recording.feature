@promise:case-create
Feature: The bridge still says what it said when it was recorded

  # Recorded by `casewire run --har` from a handoff in the process ring. Both systems answer from the tape here: a request that
  # differs from the recorded one in its path, its query or one member of its body makes the scenario red.
  @recording
  Scenario: A recorded handoff, request by request
    Given the recording "handoff.har"
    When the recorded webhooks arrive
    Then every recorded request was made
    And the bridge has nothing left to do
