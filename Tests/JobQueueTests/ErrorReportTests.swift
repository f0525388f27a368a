import JobQueue
import Testing

@Suite("what is kept of an error")
struct ErrorReportTests {
    @Test(arguments: [
        ("550 5.1.1 <ada.b+c@school.example>: gone.", "550 5.1.1 <[hidden]>: gone."),
        ("ada@school.example, bo@b.example and žofie@škola.example.", "[hidden], [hidden] and [hidden]."),
        ("smtp://school:s3cret@mail.school.example:25 is away", "smtp://school:[hidden] is away"),
        ("write ada@example.org or Ada <ada@example.org>", "write ada@example.org or Ada <ada@example.org>"),
        ("@here, a@ b, @, no address", "@here, a@ b, @, no address"), ("", ""),
    ])
    func `has nobody's address in it`(text: String, kept: String) {
        #expect(ErrorReport(text).text == kept)
    }
}
