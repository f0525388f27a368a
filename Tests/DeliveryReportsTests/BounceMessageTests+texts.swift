extension BounceMessageTests {
    private static let original = """
        Received: from school.example
        From: School <no-reply@school.example>
        To: nobody@example.org
        Subject: Welcome
        Message-ID: <emails.1731999999999-0@school.example>

        """

    static func text(of server: Server) -> String {
        switch server {
        case .postfix:
            """
            From: MAILER-DAEMON@mail.school.example (Mail Delivery System)
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
            	boundary="7A0F21C0.1731/mail.school.example"

            This is a MIME-encapsulated message.

            --7A0F21C0.1731/mail.school.example
            Content-Type: text/plain; charset=us-ascii

            <nobody@example.org>: host mx.example.org said: 550 5.1.1 No such user (in reply to RCPT TO command)

            --7A0F21C0.1731/mail.school.example
            Content-Description: Delivery report
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.school.example
            X-Postfix-Queue-ID: 7A0F21C0

            Final-Recipient: rfc822; nobody@example.org
            Original-Recipient: rfc822;nobody@example.org
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.example.org
            Diagnostic-Code: smtp; 550 5.1.1
                No such user

            --7A0F21C0.1731/mail.school.example
            Content-Description: Undelivered Message Headers
            Content-Type: text/rfc822-headers

            \(original)
            --7A0F21C0.1731/mail.school.example--
            """
        case .exchange:
            // Fields of the message and of the recipient in one group; a general status beside the real one.
            """
            Subject: Undeliverable: Welcome
            In-Reply-To: <emails.1731999999999-0@school.example>
            Content-Type: multipart/report; report-type=delivery-status; boundary=x

            --x
            Content-Type: text/html

            <p>Your message couldn't be delivered.</p>
            --x
            Content-Type: message/delivery-status

            Reporting-MTA: dns;AM0PR01.example.com
            Received-From-MTA: dns;mail.school.example
            Final-Recipient: rfc822;nobody@example.org
            Action: failed
            Status: 5.0.0
            Diagnostic-Code: smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found
            --x--
            """
        case .exim:
            """
            X-Failed-Recipients: nobody@example.org
            Auto-Submitted: auto-replied
            Subject: Mail delivery failed: returning message to sender

            This message was created automatically by mail delivery software.

              nobody@example.org
                host mx.example.org [192.0.2.1]
                SMTP error from remote mail server after RCPT TO:<nobody@example.org>:
                550 5.1.1 <nobody@example.org>: Recipient address rejected: User unknown

            ------ This is a copy of the message, including all the headers. ------

            \(original)
            """
        case .qmail:
            """
            From: MAILER-DAEMON@mx.example.org
            Subject: failure notice

            Hi. This is the qmail-send program at mx.example.org.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            <nobody@example.org>:
            Sorry, no mailbox here by that name. (#5.1.1)

            --- Below this line is a copy of the message.

            \(original)
            """
        case .sendmail:
            """
            Content-Type: multipart/report; report-type=delivery-status;
                boundary="kAJ5.1731/mx.example.org"

            --kAJ5.1731/mx.example.org

               ----- The following addresses had permanent fatal errors -----
            <nobody@example.org>

            --kAJ5.1731/mx.example.org
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org
            Arrival-Date: Tue, 19 Nov 2024 07:06:39 GMT

            Final-Recipient: RFC822; <nobody@example.org>
            Action: FAILED
            Status: 5.1.1
            Last-Attempt-Date: Tue, 19 Nov 2024 07:06:39 GMT

            --kAJ5.1731/mx.example.org
            Content-Type: message/rfc822

            \(original)
            Hello
            --kAJ5.1731/mx.example.org--
            """
        case .gmail:
            """
            Content-Type: multipart/report; boundary="0000000000001"; report-type=delivery-status
            References: <emails.1731999999999-0@school.example>
            X-Failed-Recipients: nobody@example.org

            --0000000000001
            Content-Type: multipart/related; boundary="0000000000002"

            --0000000000002
            Content-Type: text/plain; charset="UTF-8"

            ** Address not found **
            --0000000000002--
            --0000000000001
            Content-Type: message/delivery-status

            Reporting-MTA: dns; googlemail.com
            X-Original-Message-ID: <emails.1731999999999-0@school.example>

            Final-Recipient: rfc822; nobody@example.org
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
            --0000000000001--
            """
        case .encoded:
            // Against RFC 6522, and seen: the fields as base64.
            """
            Content-Type: multipart/report; boundary=q

            --q
            Content-Type: message/delivery-status
            Content-Transfer-Encoding: base64

            RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IG5vYm9keUBleGFtcGxlLm9yZwpBY3Rpb246IGZhaWxlZApTdGF0dXM6IDUuMS4xCg==
            --q
            Content-Type: text/rfc822-headers
            Content-Transfer-Encoding: quoted-printable

            \(original)
            --q--
            """
        }
    }
}
