@promise:lifecycle @F79 @house
Feature: A closing that waited for her words is done when they stand on the Case

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread

  Scenario Outline: What she wrote to the AI is told late: its webhook <what>
    When Ruiz hands Dana's conversation back to the AI in the Inbox
    And 1 minute passes
    Given the next webhook from OpenCX <what>
    When Dana replies: "It is the tall one."
    And Ruiz closes case A
    Then case A gains the comment "It is the tall one."
    And Dana's session is closed
    And Dana has 1 case

    Examples:
      | what                 |
      | is lost              |
      | comes 5 seconds late |

  Scenario: Two messages land on the Case while it is closed, and the next one speaks of both
    Given the bridge is killed
    When Dana replies: "It is the tall one."
    And Dana replies: "And it hums."
    Given Salesforce gets the next CaseComment create 5 seconds late
    And the bridge starts again
    When Ruiz closes case A
    Then case B opens from opencx
    And case A tells "It is the tall one." 1 time
    And case A tells "And it hums." 1 time
    And case B tells "while the Case before this one was being closed" 2 times

  Scenario: A Case that somebody opened by hand was open when she wrote, and was closed before she wrote again
    When Ruiz closes case A
    And 1 hour passes
    And Ruiz opens case B for Dana about "Chair": "She has telephoned."
    And Dana emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off: "A chair wobbles"
    Then case B gains the comment "It wobbles."
    Given the bridge is killed
    When Dana emails help@acme.test about "A picture": "This is how it looks."
    And the AI answers: "Thank you for the picture."
    And 10 minutes pass
    And Ruiz closes case B
    And 10 minutes pass
    And Dana replies: "And what is a watt?"
    And the bridge starts again
    Then case B gains the comment "This is how it looks."
    And case B does not tell "And what is a watt?"
