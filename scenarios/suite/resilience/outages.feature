@promise:keeps-trying @I1 @I2
Feature: An outage delays what it stands in the way of, and nothing else goes wrong

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F20
  Scenario: Salesforce is away for two hours
    Given Salesforce is down for 2 hours
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    And 3 hours pass
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A tells "Where is it?"
    And Dana has 1 case

  @F20
  Scenario: OpenCX is away while a rep answers
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given OpenCX is down for 30 minutes
    When Ruiz replies on case A: "It left the depot this morning."
    And 1 hour passes
    Then Dana has received "It left the depot this morning." 1 time

  @F20
  Scenario Outline: A gateway answers in Salesforce's place: <what>
    Given Salesforce answers the next 2 Case creates with <what>
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And Dana has 1 case

    Examples:
      | what                        |
      | an HTML page                |
      | an HTML page of status 502  |
      | garbage                     |

  @F1
  Scenario Outline: The answer to the Case's creation does not arrive whole: <how>
    Given Salesforce <how> the next Case create
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And Dana has 1 case

    Examples:
      | how                              |
      | never gets                       |
      | cuts the answer to               |
      | takes 2 minutes to answer        |

  @F17
  Scenario: Who is asked to wait waits
    Given OpenCX answers the next session read with status 429 and Retry-After 2 minutes
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"

  @F40
  Scenario Outline: A clock that is wrong loses nothing: <system> is 6 minutes <how>
    Given <system>'s clock is 6 minutes <how>
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana receives "It left the depot this morning." in the same thread

    Examples:
      | system     | how  |
      | Salesforce | fast |
      | Salesforce | slow |
      | OpenCX     | fast |

  Scenario Outline: The bridge dies right <when>
    Given the bridge crashes <when>
    When Dana emails help@acme.test about "Order 1182" with the file "invoice.pdf": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A has the file "invoice.pdf"
    And case A has 1 file
    And case A tells "Where is it?"
    And Dana has 1 case

    Examples:
      | when                                                     |
      | after Salesforce has done the next Case create           |
      | before it asks Salesforce for the next Case create       |
      | after Salesforce has done the next CaseComment create    |
      | after Salesforce has done the next file create           |
      | before it asks Salesforce for the next file create       |
      | after OpenCX has done the next session update            |

  @F36
  Scenario: The bridge dies after the reply was taken and before it knows
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    Given the bridge crashes after OpenCX has done the next message send
    When Ruiz replies on case A: "It left the depot this morning."
    Then Dana has received "It left the depot this morning." 1 time
