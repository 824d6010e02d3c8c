@promise:case-content
Feature: A text that is too long for its field is cut where it may be cut, and nothing of it is lost

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  @F5 @house
  Scenario: A summary that just fits stands whole
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "%32000 characters%"
    Then case A opens from opencx with the summary "%32000 characters%"
    And case A has 0 files

  @F5 @house
  Scenario Outline: A summary of <length> is cut with a word, and its whole text is a file
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "%<length>%"
    Then case A opens from opencx
    And "Description" of case A begins with "%31000 <kind>%"
    And case A tells "cut here; the whole summary is attached as summary.txt"
    And case A has 1 file
    And "%<length>%" stands in the file "summary.txt" of case A
    And case A gains the comment "Where is it?"
    And the bridge has nothing left to do

    Examples:
      | length                | kind            |
      | 32001 characters      | characters      |
      | 40000 wide characters | wide characters |

  @F5 @F74 @house
  Scenario: The follow-up of a Case with a long summary has the whole summary too
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "%33000 characters%"
    Then case A opens from opencx
    And case A has 1 file
    When Ruiz replies on case A: "It is at your door."
    And Ruiz closes case A
    And 1 hour passes
    And Dana replies: "It has not come."
    Then case B opens from opencx
    And case B has 1 file

  @F5 @house
  Scenario: The upload of a long summary's file is refused for a while
    Given Salesforce answers the next 2 file creates with status 503
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "%33000 characters%"
    Then case A opens from opencx
    And case A has 1 file
    And Dana has 1 case

  @F6
  @house
  Scenario Outline: A mail of <length> stands on the Case in full
    When Dana emails help@acme.test about "Order 1182": "%<length>%"
    And the AI hands off: "A long mail"
    Then case A opens from opencx with the summary "A long mail"
    And case A has <count> comments
    And the bridge has nothing left to do

    Examples:
      | length               | count |
      | 7000 characters      | 2     |
      | 3500 wide characters | 2     |
      | 8000 wide characters | 4     |

  @F1 @F7
  @house
  Scenario: The answer to the comments of a long mail is lost
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "A long mail"
    Then case A opens from opencx with the summary "A long mail"
    When Ruiz replies on case A: "Tell me all of it."
    Then Dana receives "Tell me all of it."
    Given Salesforce accepts the next CaseComment create but loses the answer
    When Dana replies: "%15000 characters%"
    Then case A has 5 comments
    And case A tells "Dana (customer):" 5 times
    And the bridge has nothing left to do

  @F12
  Scenario Outline: A <what> that is longer than any field opens its Case all the same
    Given Dana's mails are from "%<name> characters%"
    When Dana emails help@acme.test about "%<subject> characters%": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And case A gains the comment "Where is it?"
    And Dana has 1 case

    Examples:
      | what    | name | subject |
      | name    | 120  | 60      |
      | subject | 60   | 400     |

  @F12 @house
  Scenario Outline: A <what> that is longer than its field is cut, and the Case opens
    Given Dana's mails are from "%<name>%"
    When Dana emails help@acme.test about "%<subject>%": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And "SuppliedName" of case A begins with "%<kept name>%"
    And "Subject" of case A begins with "%<kept subject>%"
    And case A gains the comment "Where is it?"

    Examples:
      | what         | name           | kept name     | subject             | kept subject        |
      | name         | 120 characters | 70 characters | 60 characters       | 50 characters       |
      | subject      | 60 characters  | 50 characters | 400 characters      | 250 characters      |

  @F12 @house
  Scenario Outline: A <what> in another script that just fits stands whole
    Given Dana's mails are from "%<name> wide characters%"
    When Dana emails help@acme.test about "%<subject> wide characters%": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    And "SuppliedName" of case A is "%<name> wide characters%"
    And "Subject" of case A is "%<subject> wide characters%"

    Examples:
      | what    | name | subject |
      | name    | 80   | 20      |
      | subject | 20   | 255     |

  Scenario: A long reply arrives whole
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A: "%20000 characters%"
    Then Dana receives "%20000 characters%" in the same thread

  @F75 @house
  Scenario: A Case is merged away when only the file of its long summary is missing
    Given the customer Eli writes from eli@example.test
    When Eli emails help@acme.test about "Chair": "It wobbles."
    And the AI hands off Eli's conversation: "A chair wobbles"
    Then case A opens from opencx with the summary "A chair wobbles"
    Given Salesforce never gets the next 3 file creates
    When Dana emails help@acme.test about "Order 1182": "It flickers."
    And the AI hands off Dana's conversation: "%33000 characters%"
    Then case B opens from opencx
    When Ruiz merges case B into case A
    Then case A has 1 file
    And the bridge has nothing left to do

  @F6 @F12 @house
  Scenario: A name that is longer than a comment leaves room for her words
    Given Dana's mails are from "%5000 characters%"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    And case A gains the comment "It flickers."

  # One collection takes 200 rows.
  @F6 @house
  Scenario: What is said while the bridge is down needs more comments than one collection takes
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Ruiz replies on case A: "Tell me all of it."
    Then Dana receives "Tell me all of it."
    Given the bridge is killed
    When Dana replies: "%199000 characters%"
    And Dana replies: "%199000 characters%"
    And Dana replies: "%199000 characters%"
    And Dana replies: "%199000 characters%"
    And Dana replies: "That is all."
    Given the bridge starts again
    Then case A gains the comment "That is all."
    And case A tells "52/52]" 4 times
    And the bridge has nothing left to do

  @F5 @house
  Scenario: The file of a long summary is made once, and not looked for with each of her mails
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "%33000 characters%"
    Then case A opens from opencx
    And case A has 1 file
    When Ruiz replies on case A: "It is at your door."
    And Dana replies: "At which door?"
    And Dana replies: "It is not there."
    And Dana replies: "Nor there."
    And Dana replies: "Found it."
    Then case A gains the comment "Found it."
    And the bridge has made at most 22 calls to Salesforce

  @house
  Scenario: A letter of four megabytes stands on the Case whole
    When Dana emails help@acme.test about "The log": "%4200000 characters%"
    And the AI hands off: "Dana sent a log"
    Then case A opens from opencx with the summary "Dana sent a log"
    And case A gains the comment "4199990" within 1 minute
    And Dana has 1 case
