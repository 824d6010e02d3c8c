@promise:case-content
Feature: A new Case says who wrote and about what

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @smoke
  Scenario: Its fields
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And "Case_From__c" of case A is "opencx"
    And case A tells "Order 1182"
    And Dana has 1 case

  @house
  Scenario: Which fields have what
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx
    And "Subject" of case A is "Order 1182"
    And "Description" of case A is "Dana waits for order 1182"
    And "SuppliedEmail" of case A is "dana@example.test"
    And "SuppliedName" of case A is "Dana"
    And "Origin" of case A is "Email"
    And "Status" of case A is "New"

  @house
  Scenario: A customer whose address OpenCX does not take for proved
    Given OpenCX takes nobody's address for proved
    When Dana emails help@acme.test about "Order   1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx
    And "SuppliedEmail" of case A is "dana@example.test"
    And "SuppliedName" of case A is "Dana"
    And "Subject" of case A is "Order 1182"
    When 1 hour passes
    And Dana emails help@acme.test about "Another thing": "Any news?"
    Then case A gains the comment "Any news?"
    When Ruiz replies on case A: "On its way."
    Then Dana receives "On its way." in the same thread

  @F12
  Scenario: A subject that is longer than the field
    When Dana emails help@acme.test about "My order of the second of January with the number 1182 which I placed from my telephone while I sat in the train to Bergen and which has not come although the page says that it was delivered to a neighbour whose name I have never heard and whose door I cannot find anywhere in the whole street": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And "Subject" of case A begins with "My order of the second of January with the number 1182"
    And case A gains the comment "Where is it?"

  @F12
  Scenario: A mail without a subject
    When Dana emails help@acme.test about "": "Where is my order 1182?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Where is my order 1182?"

  @F12 @house
  Scenario: A mail without a subject lends the Case its first words
    When Dana emails help@acme.test about "": "Where is my order 1182?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx
    And "Subject" of case A begins with "Where is my order 1182?"

  @F12 @house
  Scenario: A mail without a subject gets that of the next one
    When Dana emails help@acme.test about "": "It wobbles."
    And the AI answers: "What does?"
    And Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: The chair %subject%

      The red one.
      """
    And Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: Hello %subject%

      Is anybody there?
      """
    And the AI hands off: "A chair wobbles"
    Then case A opens from opencx with the summary "A chair wobbles"
    And "Subject" of case A begins with "The chair"

  @F12 @house
  Scenario: A name with blanks to spare
    When Dana sends the raw mail:
      """
      From: =?utf-8?Q?Dana=20=20=20=20=20=20=20=20=20=20=20=20=20=20=20?= =?utf-8?Q?=20=20=20=20=20=20=20=20=20=20=20=20=20=20=20=20of_the_house?= =?utf-8?Q?=20behind=20the=20sixteen=20thin=20oaks?= <dana@example.test>
      To: help@acme.test
      Subject: Lamp

      It flickers.
      """
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "SuppliedName" of case A is "Dana of the house behind the sixteen thin oaks"

  @F6
  Scenario Outline: <what> in her words
    When Dana emails help@acme.test about "<words>": "<words>"
    And the AI hands off: "<words>"
    Then case A opens from opencx with the summary "<words>"
    And case A gains the comment "<words>"
    When Ruiz replies on case A: "<words>"
    Then Dana receives "<words>" in the same thread

    Examples:
      | what             | words                       |
      | Another script   | 注文はどこですか            |
      | A picture letter | It is broken 😢 again       |
      | Signs of HTML    | 5 < 6 & 7 > 6 <b>&amp;</b>  |
      | An apostrophe    | It's Dana's order           |
      | A backslash      | C:\\\\orders\\\\1182        |
      | A percent sign   | 100% of _all_ of it         |

  Scenario Outline: The address <address>
    Given the customer Eli writes from <address>
    When Eli emails help@acme.test about "Order 7": "Where is it?"
    And the AI hands off: "Eli waits for order 7"
    Then case A opens from opencx with the summary "Eli waits for order 7"
    When Ruiz replies on case A: "On its way."
    Then Eli receives "On its way." in the same thread
    When 1 day passes
    And Eli emails help@acme.test about "Order 8": "And this one?"
    And the AI hands off: "Eli asks for order 8"
    Then case A gains the comment "And this one?"
    And Eli has 1 case

    Examples:
      | address                  |
      | o'hara@example.test      |
      | eli+tag@example.test     |
      | Eli_Oak@Example.Test     |
      | eli.oak%x@example.test   |

  @F12 @house
  Scenario: A summary of blanks is none
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And Ruiz hands off Dana's conversation in the Inbox: "   "
    Then case A opens from opencx
    And "Description" of case A begins with "Taken over by hand"

  @F12 @house
  Scenario: A subject with a tab
    When Dana sends the raw mail:
      """
      From: dana@example.test
      To: help@acme.test
      Subject: =?utf-8?Q?Lamp=09=09in_the_hall?=

      It flickers.
      """
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And "Subject" of case A is "Lamp in the hall"
