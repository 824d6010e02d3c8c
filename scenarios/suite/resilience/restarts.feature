@promise:survives-crashes @I1 @I2
Feature: A bridge that crashes loses nothing and does nothing twice

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  # A handoff alone makes fewer than ten calls: the conversation goes on until there were more.
  @F7
  Scenario Outline: The bridge crashes after its <nth> call while a conversation is handed off
    Given the bridge crashes after its <nth> call and starts again
    When Dana emails help@acme.test about "Broken cup" with the file "broken-cup.png": "It arrived broken."
    And the AI answers: "I am sorry to hear that."
    And Dana replies: "Can I have a new one?"
    And the AI hands off: "Dana wants a new cup"
    Then case A opens from opencx with the summary "Dana wants a new cup"
    And case A gains the comment "It arrived broken."
    And case A gains the comment "I am sorry to hear that."
    And case A gains the comment "Can I have a new one?"
    And case A has the file "broken-cup.png"
    When Ruiz replies on case A: "Of course."
    Then Dana receives "Of course." in the same thread
    When Dana replies: "Thank you!"
    Then case A gains the comment "Thank you!"
    And case A has 4 comments
    And Dana has received 2 mails
    And Dana has 1 case
    And the bridge has nothing left to do

    Examples:
      | nth  |
      | 1st  |
      | 2nd  |
      | 3rd  |
      | 4th  |
      | 5th  |
      | 6th  |
      | 7th  |
      | 8th  |
      | 9th  |
      | 10th |

  @F36
  Scenario Outline: The bridge crashes after its <nth> call while a reply is under way
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the bridge crashes after its <nth> call and starts again
    When Ruiz replies on case A with the file "return-label.pdf": "Please send it back with this label."
    Then Dana receives "Please send it back with this label." in the same thread with the file "return-label.pdf"
    When Ruiz replies on case A: "The new one is on its way."
    Then Dana receives "The new one is on its way." in the same thread
    When Dana replies: "Thank you!"
    Then case A gains the comment "Thank you!"
    When Ruiz closes case A
    Then Dana's session is closed
    And Dana has received 2 mails
    And case A has 2 comments
    And the bridge has nothing left to do

    Examples:
      | nth  |
      | 1st  |
      | 2nd  |
      | 3rd  |
      | 4th  |
      | 5th  |
      | 6th  |
      | 7th  |
      | 8th  |
      | 9th  |
      | 10th |

  @smoke @F38
  Scenario: What happens while the bridge is down is made good when it is back
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the bridge is killed
    And the AI hands off: "Dana waits for order 1182"
    And 1 hour passes
    And the bridge starts again
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Where is it?"
    When the bridge is killed
    And Ruiz replies on case A: "It left the depot this morning."
    And 1 hour passes
    And the bridge starts again
    Then Dana receives "It left the depot this morning." in the same thread from help@acme.test
    And Dana has received 1 mail
    And Dana has 1 case

  Scenario: A bridge that is stopped and started again in good order forgets nothing
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When the bridge is stopped
    And the bridge starts again
    And Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread
    And case A has 1 comment
    And Dana has received 1 mail
