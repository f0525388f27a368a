import ProgramSupport
import TestSupport
import Testing

/// Libraries that most processes never use are opened at their first use.
@Suite("libraries", .inTurns)
struct LibrariesTests {
    @Test func `a worker without a database, mail over HTTP and quiz packages has opened none of them`() async throws {
        try await Site.with { site in
            let worker = try await site.startWorker()
            try await eventually("the worker works") { try await site.redis("ZCARD", "cw:workers") == "1" }
            let files = ProcessTable.mappedFiles(of: worker.processID)
            #expect(files.contains { $0.contains("libhiredis") }, "\(files)")
            for name in ["libcurl", "libidn2", "libmicrohttpd", "libpq", "libxml2", "libzip"] {
                #expect(!files.contains { $0.contains(name) }, "\(name)")
            }
        }
    }

    @Test func `doctor tells which package is missing`() async throws {
        try await Site.with { site in
            let fine = try await site.run("doctor")
            #expect(fine.output.contains("ok       libraries: All can be opened."), "\(fine)")
            _ = try site.write("not a library".utf8, to: "libzip.so.4")
            let broken = try await site.run("doctor", environment: ["LD_LIBRARY_PATH": site.folder])
            #expect(broken.exit == .code(78))
            #expect(broken.output.contains("ERROR    libraries: \(site.folder)/libzip.so.4: "), "\(broken)")
            #expect(broken.output.contains("install Debian's package libzip4."), "\(broken)")
        }
    }

    @Test func `a command tells which package has a library that it needs and that cannot be opened`() async throws {
        try await Site.with { site in
            _ = try site.write("not a library".utf8, to: "libxml2.so.2")
            let quiz = try site.write("<quiz/>".utf8, to: "bank.xml")
            let finished = try await site.run(
                "quiz", "import", quiz, environment: ["LD_LIBRARY_PATH": site.folder])
            #expect(finished.exit == .code(72), "\(finished)")
            #expect(
                finished.errors == """
                    coursework: \(site.folder)/libxml2.so.2: file too short: install Debian's package libxml2.

                    """)
        }
    }
}
