@promise:survives-crashes @I1 @I2
Feature: A bridge that crashes loses nothing and does nothing twice

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  # By what was done, so that it strikes any bridge at the same place.
  @F7
  Scenario Outline: The bridge crashes <when> while a conversation is handed off
    Given the bridge crashes <when>
    When Dana emails help@acme.test about "Broken cup" with the file "broken-cup.png": "It arrived broken."
    And the AI answers: "I am sorry to hear that."
    And Dana replies: "Can I have a new one?"
    And the AI hands off: "Dana wants a new cup"
    Then case A opens from opencx with the summary "Dana wants a new cup"
    And case A tells "It arrived broken." 1 time
    And case A tells "I am sorry to hear that." 1 time
    And case A tells "Can I have a new one?" 1 time
    And case A has the file "broken-cup.png"
    And case A has 1 file
    When Ruiz replies on case A: "Of course."
    Then Dana receives "Of course." in the same thread
    When Dana replies: "Thank you!"
    Then case A tells "Thank you!" 1 time
    And Dana has received 2 mails
    And Dana has 1 case

    Examples:
      | when                                            |
      | after Salesforce has done the next Case create  |
      | after Salesforce has done the next write        |
      | after Salesforce has done the next file create  |
      | after OpenCX has done the next write            |
      | before it asks Salesforce for the next write    |
      | before it asks Salesforce for the next file create |
      | before it asks OpenCX for the next write        |

  # What becomes of later mails and the rest: the second, third and fourth crash at a later write each.
  @F7
  Scenario: The bridge crashes after each of its first writes on a Case
    Given the bridge crashes after Salesforce has done the next Case create
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?" 1 time
    Given the bridge crashes after Salesforce has done the next write
    When Dana replies: "It was a present."
    Then case A tells "It was a present." 1 time
    Given the bridge crashes before it asks Salesforce for the next write
    When Dana replies: "For my son."
    Then case A tells "For my son." 1 time
    Given the bridge crashes after Salesforce has done the next query
    When Dana replies: "He is six."
    Then case A tells "He is six." 1 time
    And case A tells "It was a present." 1 time
    And Dana has 1 case
    And Dana receives nothing

  @F36
  Scenario Outline: The bridge crashes <when> while a reply is under way
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the bridge crashes <when>
    When Ruiz replies on case A with the file "return-label.pdf": "Please send it back with this label."
    Then Dana receives "Please send it back with this label." in the same thread with the file "return-label.pdf"
    When Ruiz replies on case A: "The new one is on its way."
    Then Dana receives "The new one is on its way." in the same thread
    When Dana replies: "Thank you!"
    Then case A tells "Thank you!" 1 time
    And Dana has received 2 mails

    Examples:
      | when                                           |
      | after OpenCX has done the next message send    |
      | before it asks OpenCX for the next message send |
      | after Salesforce has done the next file read   |
      | after Salesforce has done the next query       |

  # A handoff alone makes fewer than ten calls: the conversation goes on until there were more.
  @F7 @house
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

  @F36 @house
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
    And case A tells "Where is it?" 1 time
    And Dana has received 1 mail

  Scenario: What happened on the first of three hundred days without the bridge is made good
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "Which order?"
    Then Dana receives "Which order?" in the same thread
    Given the bridge is killed
    When Ruiz replies on case A: "It comes on Friday."
    And Dana replies: "The second one."
    And 300 days pass
    Given the bridge starts again
    Then Dana receives "It comes on Friday." in the same thread
    And case A tells "The second one." 1 time
