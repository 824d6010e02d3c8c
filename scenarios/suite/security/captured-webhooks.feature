@promise:webhooks-are-hints
Feature: A webhook that somebody caught and sends again later is not heard

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."

  @F32
  Scenario Outline: It is sent again <time> later
    Given the next webhook from OpenCX arrives again after <time>
    When the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When 10 minutes pass
    Then the bridge has refused <count> from OpenCX
    And Dana has 1 case

    Examples:
      | time      | count      |
      | 2 minutes | 0 webhooks |
      | 4 minutes | 0 webhooks |
      | 6 minutes | 1 webhook  |

  @F40
  Scenario Outline: OpenCX's clock is <minutes> minutes <way>
    Given OpenCX's clock is <minutes> minutes <way>
    When the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And Dana has 1 case
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    And Dana has received 1 mail

    Examples:
      | minutes | way  |
      | 8       | fast |
      | 8       | slow |
