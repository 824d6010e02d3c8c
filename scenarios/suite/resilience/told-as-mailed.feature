@promise:reply @F36
Feature: OpenCX may tell texts and addresses as they stood in a mail, and what they mean is the same

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario Outline: A reply whose sending was in doubt goes out once, though OpenCX gives it back otherwise: <what>
    Given OpenCX tells texts as they were mailed
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given OpenCX accepts the next message send but loses the answer
    When Ruiz replies on case A: "<text>"
    And 1 hour passes
    Then Dana has received 1 mail
    And case A does not tell "on its way"

    Examples:
      | what                   | text                                  |
      | its lines              | A new one is on its way.\nGreetings.  |
      | the blanks at its end  | A new one is on its way.   \n         |
      | those at its beginning | \n   A new one is on its way.         |

  @F80 @house
  Scenario: Nor is it sent again by a bridge that comes back with nothing stored
    Given OpenCX tells texts as they were mailed
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "A new one is on its way.\nGreetings."
    Then Dana receives "A new one is on its way." in the same thread
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Dana replies: "Thank you."
    Then case A gains the comment "Thank you."
    When 1 hour passes
    Then Dana has received 1 mail
    And case A does not tell "on its way"

  @promise:case-append
  Scenario: Two conversations, for each of which she is told otherwise, are hers
    Given OpenCX tells addresses as they were mailed
    When Dana emails help@acme.test from Dana@Example.Test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?"
    When Dana emails help@acme.test from DANA@example.test about "Chair": "It wobbles."
    Then case A gains the comment "It wobbles."
    And Dana has 1 case
    When the AI hands off: "A chair wobbles"
    Then case A gains the comment "A chair wobbles"
    When Ruiz replies on case A: "Both are on their way."
    Then Dana receives "Both are on their way." in the same thread
    And Dana has received 2 mails
    When Ruiz closes case A
    And 1 day passes
    And Dana emails help@acme.test from dANA@example.test about "Lamp": "It flickers again."
    And the AI hands off: "The lamp flickers again"
    Then case B opens from opencx with the summary "The lamp flickers again"
