@promise:keeps-trying @house @F7 @F36
Feature: Wherever the bridge dies on its way, nothing is lost and nothing is done twice

  Scenario Outline: It dies <side> its <nth> call
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    And the bridge crashes <side> its <nth> call
    When Dana emails help@acme.test about "Order 1182" with the file "notes.txt": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And 11 minutes pass
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A with the file "invoice.pdf": "It left the depot."
    And Ruiz replies on case A: "It comes on Friday."
    And 11 minutes pass
    Then Dana receives "It left the depot." with the file "invoice.pdf"
    When Dana emails help@acme.test about "Invoice" with the file "broken-cup.png": "The invoice is for another cup."
    And 11 minutes pass
    Then case A gains the comment "The invoice is for another cup."
    When Ruiz closes case A
    And 11 minutes pass
    And Dana replies to the mail about "Order 1182": "It came, and it is broken."
    And 11 minutes pass
    Then case B opens from opencx
    And case A has the comments:
      | Where is it?                    |
      | The invoice is for another cup. |
    And case B has the comments:
      | It came, and it is broken. |
    And case A has 2 files
    And Dana has received 2 mails
    And Dana's session shows case B
    And the bridge has nothing left to do

    Examples:
      | side   | nth  |
      | after  | 1st  |
      | after  | 2nd  |
      | after  | 3rd  |
      | after  | 4th  |
      | after  | 5th  |
      | after  | 6th  |
      | after  | 7th  |
      | after  | 8th  |
      | after  | 9th  |
      | after  | 10th |
      | after  | 11th |
      | after  | 12th |
      | after  | 13th |
      | after  | 14th |
      | after  | 15th |
      | after  | 16th |
      | after  | 17th |
      | after  | 18th |
      | after  | 19th |
      | after  | 20th |
      | after  | 21st |
      | after  | 22nd |
      | after  | 23rd |
      | after  | 24th |
      | after  | 25th |
      | after  | 26th |
      | after  | 27th |
      | after  | 28th |
      | after  | 29th |
      | after  | 30th |
      | after  | 31st |
      | after  | 32nd |
      | after  | 33rd |
      | after  | 34th |
      | after  | 35th |
      | after  | 36th |
      | after  | 37th |
      | after  | 38th |
      | after  | 39th |
      | after  | 40th |
