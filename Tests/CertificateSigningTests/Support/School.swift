import Foundation
import TestSupport

/// A school whose certificate is vouched for by an authority below a root, made by OpenSSL's command.
struct School {
    let folder: TemporaryFolder

    init(in folder: TemporaryFolder) { self.folder = folder }

    func found() async throws {
        try await make("root", "Root", by: nil, "basicConstraints=critical,CA:TRUE")
        try await make("middle", "Middle", by: "root", "basicConstraints=critical,CA:TRUE")
        try await make("key", "School", by: "middle", "keyUsage=critical,nonRepudiation")
        let chain = try folder.text(of: "key.crt") + folder.text(of: "middle.crt")
        try chain.write(toFile: folder.file("chain.pem"), atomically: true, encoding: .utf8)
        try folder.text(of: "root.crt").write(toFile: folder.file("root.pem"), atomically: true, encoding: .utf8)
    }

    private func make(_ file: String, _ name: String, by issuer: String?, _ extensions: String) async throws {
        try await Tool.openssl.run(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(name)", "-keyout", folder.file("\(file).pem"),
            "-out",
            folder.file("\(file).csr"))
        try extensions.write(toFile: folder.file("extensions"), atomically: true, encoding: .utf8)
        let signature =
            issuer.map {
                ["-CA", folder.file("\($0).crt"), "-CAkey", folder.file("\($0).pem"), "-CAcreateserial"]
            } ?? ["-signkey", folder.file("\(file).pem")]
        try await Tool.openssl.run(
            ["x509", "-req", "-in", folder.file("\(file).csr"), "-days", "2", "-extfile", folder.file("extensions")]
                + signature + ["-out", folder.file("\(file).crt")])
    }
}
