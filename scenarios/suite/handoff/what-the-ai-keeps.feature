@promise:case-create
Feature: What the AI keeps is no Case

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: A conversation that the AI solves has no Case
    When Dana emails help@acme.test about "Hours": "When are you open?"
    And the AI answers: "From nine to five."
    And the AI closes Dana's conversation
    Then Dana receives "From nine to five." in the same thread
    And Dana's session is closed
    And Dana has 0 cases

  Scenario: A mail that the AI leaves unanswered has no Case, until it hands off
    When Dana emails help@acme.test about "Hours": "When are you open on Sunday?"
    And the AI decides not to answer Dana
    Then the AI has decided not to answer Dana
    And Dana has 0 cases
    When the AI hands off: "Asks for Sundays"
    Then case A opens from opencx with the summary "Asks for Sundays"
    And case A gains the comment "When are you open on Sunday?"

  Scenario: A conversation that the AI had solved becomes a Case when she writes again and it hands off
    When Dana emails help@acme.test about "Hours": "When are you open?"
    And the AI answers: "From nine to five."
    And the AI closes Dana's conversation
    And Dana replies: "Nobody was there at ten."
    And the AI hands off: "Shop was closed in opening hours"
    Then case A opens from opencx with the summary "Shop was closed in opening hours"
    And case A tells in this order:
      | When are you open?       |
      | From nine to five.       |
      | Nobody was there at ten. |
    When Ruiz replies on case A: "We were ill, sorry."
    Then Dana receives "We were ill, sorry." in the same thread
    And Dana's session is open

  @F74
  Scenario: What the AI kept before a Case was made does not come onto it after its close
    When Dana emails help@acme.test about "Hours": "When are you open?"
    And the AI answers: "From nine to five."
    And 1 hour passes
    And Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz closes case A
    And 1 hour passes
    And Dana replies to the mail about "Hours": "And on Sunday?"
    And 1 hour passes
    Then case A does not tell "open?"
    And Dana has 1 case
