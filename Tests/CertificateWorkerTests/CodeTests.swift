import Testing

@testable import CertificateRecord

struct CodeTests {
    @Test func `a code is 80 random bits, and is read as people type it`() throws {
        let codes = Set((0..<1000).map { _ in CertificateCode().text })
        #expect(codes.count == 1000)
        let code = try #require(CertificateCode("7QF4-9KXM-2D8R-T51C"))
        #expect(CertificateCode(" 7qf4 9kxm2d8rtSIc".replacing("S", with: "5")) == code)
        #expect(CertificateCode("0000-0000-0000-0001") == CertificateCode("oooo-oooo-oooo-oooL"))
        for wrong in [
            "", "7QF4-9KXM-2D8R-T51", "7QF4-9KXM-2D8R-T51U", "7QF4-9KXM-2D8R-T51C1", String(repeating: "-", count: 65),
        ] {
            #expect(CertificateCode(wrong) == nil, "\(wrong)")
        }
    }

    @Test func `certificates have a bit each, and those that follow one another do not lie side by side`() {
        let statuses = (1...(2 * CredentialStatus.listLength)).map(CredentialStatus.init(certificate:))
        #expect(Set(statuses).count == statuses.count)
        #expect(
            statuses.allSatisfy { (0..<CredentialStatus.listLength).contains($0.index) && (0...2).contains($0.list) })
        #expect(!zip(statuses, statuses.dropFirst()).contains { abs($0.index - $1.index) < 1000 })
    }

    @Test func `numbers have six digits or more`() {
        #expect("\(CertificateNumber(series: "CW-2026-", number: 17))" == "CW-2026-000017")
        #expect("\(CertificateNumber(series: "", number: 12_345_678))" == "12345678")
    }
}
