@promise:keeps-trying
Feature: An answer in which nothing stands is no answer

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario Outline: OpenCX answers the <operation> with an empty object
    Given OpenCX answers the next <operation> with an empty object
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers."
    And the bridge has nothing left to do

    Examples:
      | operation    |
      | history read |
      | session read |

  @house
  Scenario: A history in which nothing stands is asked for again at once
    Given OpenCX answers the next history read with an empty object
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers." within 1 minute

  Scenario: Salesforce answers a query with an empty object
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given Salesforce answers the next 2 queries with an empty object
    When Dana replies: "It flickers at night."
    Then case A gains the comment "It flickers at night."
    And Dana has 1 case

  @house
  Scenario: OpenCX answers a reply with an empty object
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given OpenCX answers the next message send with an empty object
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread
    And Dana has received 1 mail

  @house
  Scenario: Salesforce answers the copy of a file with an empty object
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    Given Salesforce answers the next file create with an empty object
    When Dana replies with the file "invoice.pdf": "Here is the invoice."
    Then case A gains the comment "Here is the invoice."
    And case A has the file "invoice.pdf"
