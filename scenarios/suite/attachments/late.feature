@promise:attachments
Feature: A file that comes after the reply it belongs to reaches the customer too

  @F53 @house
  Scenario: The rep adds a file to a reply that is under way
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A with the file "notes.txt": "See the notes and the invoice."
    And Ruiz attaches the file "invoice.pdf" to the last reply on case A
    Then Dana receives "See the notes and the invoice." with the file "notes.txt" and the file "invoice.pdf"
    And Dana has received 1 mail

  @F53 @house
  Scenario: A file whose title has its ending keeps its name
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A and announces a file: "Send it back with this label."
    And Ruiz attaches the file "return-label.pdf" to the last reply on case A under the title "return-label.pdf"
    Then Dana receives "Send it back with this label." with the file "return-label.pdf"

  @F53 @house
  Scenario: A Case that is closed over a file that never comes closes its conversation all the same
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A and announces a file: "Send it back with this label."
    And Ruiz closes case A
    And 12 minutes pass
    Then Dana's session is closed

  @F53 @house
  Scenario: A file whose title ends with the letters of its ending gets that all the same
    Given the customer Dana writes from dana@example.test
    And a file "howtopdf.pdf" of 3 KB
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A and announces a file: "See how."
    And Ruiz attaches the file "howtopdf.pdf" to the last reply on case A under the title "howtopdf"
    Then Dana receives "See how." with the file "howtopdf.pdf"
