internal import Foundation

public enum Checkout {
    /// Where the sources of these tests are.
    public static let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized.path

    /// A Python with the packages of Tests/requirements.txt: see `make python-packages`.
    public static let python = root + "/.build/python/bin/python"
}
