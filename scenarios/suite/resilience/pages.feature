@promise:case-content
Feature: What is told on several pages is read to its end

  Background:
    Given OpenCX answers lists in pages of 3
    And the org answers queries in pages of 2 rows
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Order 1182": "Where is it?"

  Scenario: A long conversation
    When Dana and the AI write to each other 8 times
    And the AI hands off: "Dana has many questions"
    Then case A opens from opencx with the summary "Dana has many questions"
    And case A tells in this order:
      | Where is it?     |
      | Answer 1 of 8.   |
      | Question 2 of 8. |
      | Answer 6 of 8.   |
      | Question 8 of 8. |
    And case A tells "Answer 8 of 8." 1 time
    When Ruiz replies on case A: "I have read it all."
    Then Dana receives "I have read it all." in the same thread
    When Dana replies: "And one more."
    Then case A gains the comment "And one more."
    And the bridge has nothing left to do

  @F30
  Scenario: Five replies, and one with three files
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the bridge is killed
    When Ruiz replies on case A: "First."
    And Ruiz replies on case A: "Second."
    And Ruiz replies on case A with the file "invoice.pdf" and the file "return-label.pdf" and the file "notes.txt": "Third."
    And Ruiz replies on case A: "Fourth."
    And Ruiz replies on case A: "Fifth."
    Given the bridge starts again
    Then Dana receives in this order:
      | First.  |
      | Second. |
      | Third.  |
      | Fourth. |
      | Fifth.  |
    And Dana receives "Third." with the file "invoice.pdf" and the file "return-label.pdf" and the file "notes.txt"
    And Dana has received 5 mails

  @F80 @house
  Scenario: What stands on the Case is known to a bridge that comes back with nothing
    When Dana and the AI write to each other 3 times
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Answer 3 of 3." 1 time
    Given the bridge is killed
    And the bridge starts again with nothing stored
    When Dana replies: "Hello?"
    Then case A gains the comment "Hello?"
    And case A tells "Question 1 of 3." 1 time
    And case A tells "Answer 3 of 3." 1 time

  @F24 @F38
  Scenario: The sweep finds each of seven conversations
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given webhooks from OpenCX are lost for 8 minutes
    When Dana emails help@acme.test about "Order 201": "Word number 201."
    And Dana emails help@acme.test about "Order 202": "Word number 202."
    And Dana emails help@acme.test about "Order 203": "Word number 203."
    And Dana emails help@acme.test about "Order 204": "Word number 204."
    And Dana emails help@acme.test about "Order 205": "Word number 205."
    And Dana emails help@acme.test about "Order 206": "Word number 206."
    And Dana emails help@acme.test about "Order 207": "Word number 207."
    And 12 minutes pass
    Then case A tells "Word number 201."
    And case A tells "Word number 204."
    And case A tells "Word number 207."
    And Dana has 1 case

  @F24
  Scenario: The sweep finds the last of many replies
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Eli emails help@acme.test about "Order 7": "And mine?"
    And the AI hands off Eli's conversation: "Eli waits for order 7"
    Then case B opens from opencx with the summary "Eli waits for order 7"
    Given webhooks from Salesforce are lost for 8 minutes
    When Ruiz replies on case A: "First."
    And Ruiz replies on case A: "Second."
    And Ruiz replies on case A: "Third."
    And Ruiz replies on case A: "Fourth."
    And Ruiz replies on case B: "Yours comes on Friday."
    And 12 minutes pass
    Then Eli receives "Yours comes on Friday." in the same thread
    And Dana has received 4 mails

  @F20 @house
  Scenario: A page that is not to be had any more is asked for from the beginning
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "First."
    And Ruiz replies on case A: "Second."
    Then Dana receives "Second."
    Given Salesforce refuses the next query with INVALID_QUERY_LOCATOR
    When Ruiz replies on case A: "Third."
    Then Dana receives "Third." within 5 minutes
    And the bridge has nothing left to do

  @F19 @house
  Scenario: The third page of a conversation is not to be had at first
    When Dana and the AI write to each other 8 times
    Given OpenCX takes 5 seconds for each answer for 18 seconds
    When the AI hands off: "Dana has many questions"
    And 17 seconds pass
    Given OpenCX never gets the next history read
    Then case A opens from opencx with the summary "Dana has many questions"
    And case A gains the comment "Question 8 of 8." within 1 minute

  @F19 @house
  Scenario: The second page of the replies is not to be had at first
    When the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "First."
    And Ruiz replies on case A: "Second."
    Then Dana receives "Second."
    Given Salesforce takes 5 seconds for each answer for 3 seconds
    When Ruiz replies on case A: "Third."
    And 2 seconds pass
    Given Salesforce never gets the next query
    Then Dana receives "Third." within 1 minute
