@promise:internal-stays-internal @I7
Feature: What a rep drafts reaches nobody before it is sent

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  @F46
  Scenario: A draft stays in Salesforce
    When Ruiz writes the draft on case A: "Buy another lamp."
    And Ruiz sets case A to "Working"
    And 1 day passes
    Then Dana receives nothing
    And the Inbox does not show "Buy another lamp."

  @F46
  Scenario: A draft between two replies holds up neither and goes with neither
    When Ruiz replies on case A: "Which lamp is it?"
    And Ruiz writes the draft on case A: "Buy another lamp."
    And Ruiz replies on case A: "The green one?"
    Then Dana receives in this order:
      | Which lamp is it? |
      | The green one?    |
    And Dana has received 2 mails

  @F42
  Scenario: A draft that is sent is a reply, although no trigger tells of it
    When Ruiz writes the draft on case A: "A new one is on its way."
    And 1 hour passes
    And Ruiz sends the draft on case A
    And 20 minutes pass
    Then Dana receives "A new one is on its way." in the same thread
    And Dana has received 1 mail
    And the bridge has nothing left to do

  @F42
  Scenario: A draft that was looked at again and again is sent once, after a day
    When Ruiz writes the draft on case A: "A new one is on its way."
    And Ruiz replies on case A: "I look into it."
    And 1 day passes
    And Dana replies: "And?"
    And Ruiz sends the draft on case A
    And 20 minutes pass
    Then Dana receives "A new one is on its way." in the same thread
    And Dana has received 2 mails

  @F45
  Scenario Outline: What another program files as <status> was not sent
    When Ruiz saves a mail with the status "<status>" on case A: "Buy another lamp."
    And 1 day passes
    Then Dana receives nothing
    And the Inbox does not show "Buy another lamp."

    Examples:
      | status    |
      | New       |
      | Read      |
      | Forwarded |

  @F46
  Scenario: A draft that is sent within the second in which it was looked at
    When 20 minutes pass
    And the next 2 deeds happen within one second
    And Ruiz writes the draft on case A: "A new one is on its way."
    And Ruiz sends the draft on case A
    And 20 minutes pass
    Then Dana receives "A new one is on its way." in the same thread
    And Dana has received 1 mail

  @F24
  Scenario: A draft of an hour ago is sent behind another reply
    When Ruiz writes the draft on case A: "A new one is on its way."
    And 1 hour passes
    And Ruiz replies on case A: "One moment, please."
    Then Dana receives "One moment, please." in the same thread
    When 1 hour passes
    And Ruiz sends the draft on case A
    And 20 minutes pass
    Then Dana receives "A new one is on its way." in the same thread
