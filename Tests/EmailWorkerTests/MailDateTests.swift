import Foundation
import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct MailDateTests {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 +0000"),
        (951_782_399, "Mon, 28 Feb 2000 23:59:59 +0000"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 +0000"),
        (1_763_719_440, "Fri, 21 Nov 2025 10:04:00 +0000"),
        (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 +0000"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 +0000"),
        (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
    ])
    func `an instant is written in UTC`(seconds: Int, text: String) {
        #expect("\(MailDate(Date(timeIntervalSince1970: Double(seconds))))" == text)
    }
}
