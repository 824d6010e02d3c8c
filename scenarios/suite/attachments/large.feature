@promise:attachments @I9
Feature: Files of every size reach the other side whole

  Background:
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario Outline: A file of <size> in a mail stands on the Case
    Given a file "scan.pdf" of <size>
    When Dana emails help@acme.test about "Order 1182" with the file "scan.pdf": "See the scan."
    And the AI hands off: "Dana sent a scan"
    Then case A opens from opencx with the summary "Dana sent a scan"
    And case A has the file "scan.pdf"
    And case A has 1 file

    Examples:
      | size   |
      | 1 byte |
      | 40 KB  |
      | 3 MB   |

  Scenario: A file that a rep sends arrives as it was
    Given a file "label.pdf" of 2 MB
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Dana waits for order 1182"
    Then case A opens from opencx with the summary "Dana waits for order 1182"
    When Ruiz replies on case A with the file "label.pdf": "Here is the label."
    Then Dana receives "Here is the label." in the same thread with the file "label.pdf"
    And Dana has received 1 mail
