@promise:keeps-trying @I10
Feature: What is no answer is asked again soon, and nothing is made of it

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Which lamp is it?"
    Then Dana receives "Which lamp is it?" in the same thread

  @house @F20
  Scenario Outline: Her words, when <system> answers the next <operation> with <what>
    Given <system> answers the next <operation> with <what>
    When Dana replies: "It is the tall one."
    Then case A gains the comment "It is the tall one." within 1 minute
    And case A tells "It is the tall one." 1 time
    And the bridge has parked 0 jobs

    Examples:
      | system     | operation          | what            |
      | OpenCX     | session read       | an empty object |
      | OpenCX     | session read       | garbage         |
      | OpenCX     | session read       | a redirect      |
      | OpenCX     | history read       | an empty object |
      | OpenCX     | history read       | garbage         |
      | OpenCX     | history read       | a redirect      |
      | Salesforce | query              | an empty object |
      | Salesforce | query              | garbage         |
      | Salesforce | query              | a redirect      |
      | Salesforce | CaseComment create | an empty object |
      | Salesforce | CaseComment create | garbage         |
      | Salesforce | CaseComment create | a redirect      |

  @house @F20
  Scenario Outline: A reply, when OpenCX answers the message with <what>
    Given OpenCX answers the next message send with <what>
    When Ruiz replies on case A: "A new one is on its way."
    Then Dana receives "A new one is on its way." within 1 minute
    And Dana has received "A new one is on its way." 1 time
    And the bridge has parked 0 jobs

    Examples:
      | what            |
      | an empty object |
      | garbage         |
      | a redirect      |
      | an HTML page    |

  @house @F20
  Scenario Outline: The close, when OpenCX answers it with <what>
    Given OpenCX answers the next session update with <what>
    When Ruiz closes case A
    Then Dana's session is closed
    And OpenCX has told the bridge "closed_resolved"

    Examples:
      | what                        |
      | a redirect                  |
      | garbage                     |
      | an HTML page                |
      | an HTML page of status 502  |

  @house @I17
  Scenario Outline: Who asks for fewer tokens by <status> is asked for none before that time
    Given the access token expires
    And Salesforce answers the next token with status <status> and Retry-After 20 minutes
    When Dana replies: "It is the tall one."
    And 25 minutes pass
    Then case A gains the comment "It is the tall one."
    And Salesforce has been asked for 3 tokens

    Examples:
      | status |
      | 503    |
      | 429    |
