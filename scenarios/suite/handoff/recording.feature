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

  # The shipped recordings: made by the proxies of `casewire record` around the fakes, over sockets.
  # The shipped recordings: made by the proxies of `casewire record` around the fakes, over sockets (./dev recordings, from scenarios/recorded).
  @recording
  Scenario Outline: What was recorded of <flow> is said again
    Given the recording "<recording>"
    When the recorded webhooks arrive
    Then every recorded request was made
    And the bridge has nothing left to do

    Examples:
      | flow                               | recording                 |
      | a Case that opens                  | case-opens.har            |
      | a mail on an open Case             | append.har                |
      | a reply with a file                | reply-with-file.har       |
      | a takeover                         | takeover.har              |
      | a close and a new Case             | close-and-new-case.har    |
      | a lost answer                      | lost-answer.har           |
      | an expired token                   | token-expiry.har          |
      | a handoff of which no webhook told | no-case-appears.har       |
      | a reply of which no webhook told   | reply-does-not-arrive.har |
