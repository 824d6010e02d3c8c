@promise:attachments @I9
Feature: Files travel with the conversation, both ways

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @smoke
  Scenario: What the customer attached hangs on the Case, what the rep attached arrives with the reply
    When Dana emails help@acme.test about "Broken cup" with the file "broken-cup.png" and the file "order-1182.pdf": "See the picture."
    And the AI hands off: "Order 1182 arrived broken"
    Then case A opens from opencx with the summary "Order 1182 arrived broken"
    And case A gains the comment "See the picture."
    And case A has the file "broken-cup.png"
    And case A has the file "order-1182.pdf"
    When Ruiz replies on case A with the file "return-label.pdf": "Please send it back with this label."
    Then Dana receives "Please send it back with this label." in the same thread from help@acme.test with the file "return-label.pdf"
    And Dana has received 1 mail

  Scenario: A file that comes later joins the Case that is open
    When Dana emails help@acme.test about "Broken cup": "It arrived broken."
    And the AI hands off: "Order 1182 arrived broken"
    Then case A opens from opencx with the summary "Order 1182 arrived broken"
    When Ruiz replies on case A: "Could you send a picture?"
    Then Dana receives "Could you send a picture?" in the same thread
    When Dana replies with the file "broken-cup.png": "Here it is."
    Then case A gains the comment "Here it is."
    And case A has the file "broken-cup.png"

  Scenario: A file with a long name keeps it
    Given a file "what-was-left-of-the-cup-when-the-parcel-of-order-1182-was-opened-on-monday.pdf" of 40 KB
    When Dana emails help@acme.test about "Broken cup" with the file "what-was-left-of-the-cup-when-the-parcel-of-order-1182-was-opened-on-monday.pdf": "See the picture."
    And the AI hands off: "Order 1182 arrived broken"
    Then case A opens from opencx
    And case A has the file "what-was-left-of-the-cup-when-the-parcel-of-order-1182-was-opened-on-monday.pdf"

  @house
  Scenario: What she attached is there within the minute, and waits for no sweep
    When Dana emails help@acme.test about "Broken cup" with the file "broken-cup.png": "See the picture."
    And the AI hands off: "Order 1182 arrived broken"
    And 1 minute passes
    Given the bridge is killed
    Then case A opens from opencx
    And case A has the file "broken-cup.png"
