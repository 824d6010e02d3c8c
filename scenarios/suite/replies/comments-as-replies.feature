@promise:reply @house @F42
Feature: Where public comments are replies, a public comment is one and nothing else is

  Background:
    Given the bridge takes public comments for replies
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"

  Scenario: A public comment reaches her in her thread
    When Ruiz writes the public comment on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" within 1 minute
    And the Inbox shows "Which lamp is it?" from the agent Ruiz
    And case A tells "It flickers." 1 time
    And Dana has received 1 mail

  @F46
  Scenario: An internal comment does not
    When Ruiz writes the internal comment on case A: "Third lamp this year."
    And Ruiz writes the public comment on case A: "Which lamp is it?"
    And 1 day passes
    Then Dana does not receive "Third lamp"
    And Dana has received 1 mail

  @F44
  Scenario: Nor does the transcript that the bridge writes
    When Dana replies: "It flickers at night."
    Then case A gains the comment "It flickers at night."
    And the comment "It flickers" on case A is internal
    When 1 day passes
    Then Dana receives nothing

  @F44
  Scenario: A rep publishes what the bridge has noted, and it does not come back to her
    When Dana replies: "It flickers at night."
    Then case A gains the comment "It flickers at night."
    When Ruiz publishes the comment "It flickers at night." on case A
    And 1 day passes
    Then Dana receives nothing
    And the bridge has nothing left to do

  @F46
  Scenario: A comment that is published later is sent then, once
    When Ruiz writes the internal comment on case A: "A new one is on its way."
    And 1 hour passes
    And Ruiz publishes the comment "A new one is on its way." on case A
    Then Dana receives "A new one is on its way." in the same thread
    When Ruiz makes the comment "A new one is on its way." on case A internal
    And Ruiz publishes the comment "A new one is on its way." on case A
    And 1 day passes
    Then Dana has received 1 mail

  @F57
  Scenario: A comment that is edited after it was sent is not sent again
    When Ruiz writes the public comment on case A: "It comes on Friday."
    Then Dana receives "It comes on Friday." in the same thread
    When Ruiz edits the comment "It comes on Friday." on case A to "It comes on Monday."
    And 1 day passes
    Then Dana has received 1 mail

  Scenario: Mails and comments leave in the order in which they were written
    Given the bridge is killed
    When Ruiz writes the public comment on case A: "First, a question."
    And Ruiz replies on case A: "Second, an answer."
    And Ruiz writes the public comment on case A: "Third, a greeting."
    Given the bridge starts again
    Then Dana receives in this order:
      | First, a question. |
      | Second, an answer. |
      | Third, a greeting. |
    And Dana has received 3 mails

  @F24
  Scenario: A public comment of which no webhook tells is found by the sweep
    When 1 hour passes
    Given the next webhook from Salesforce is lost
    When Ruiz writes the public comment on case A: "Which lamp is it?"
    And 30 minutes pass
    Then Dana receives "Which lamp is it?" in the same thread
    And Dana has received 1 mail

  @F80
  Scenario: A bridge that comes back with nothing stored knows which it has mailed
    When Ruiz writes the public comment on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    Given the bridge is killed
    When Ruiz writes the public comment on case A: "It may be the fuse."
    Given the bridge starts again with nothing stored
    When Dana replies: "The green one."
    Then case A gains the comment "The green one."
    And Dana receives "It may be the fuse." in the same thread
    And Dana has received 2 mails
    And case A has 4 comments

  Scenario: What was published on a Case before she came is not hers when it is changed
    When Ruiz opens case B for Eli about "Chair": "He has telephoned."
    And Ruiz writes the public comment on case B: "As I said: on Friday."
    And 1 hour passes
    And Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case B tells "It wobbles."
    When Ruiz edits the comment "As I said: on Friday." on case B to "As I said: on Monday."
    And 1 day passes
    Then Eli receives nothing
