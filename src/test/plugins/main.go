// Command pulumi-resource-NAME serves one of the providers with which Pulumi tests its own language hosts; which one, its own file
// name says. They stand in the tests for a plugin that Slipway's authors did not write.
package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/pkg/v3/testing/pulumi-test-language/providers"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

func main() {
	known := map[string]plugin.Provider{
		"asset-archive":  &providers.AssetArchiveProvider{},
		"fail_on_create": &providers.FailOnCreateProvider{},
		"secret":         &providers.SecretProvider{},
		"simple":         &providers.SimpleProvider{},
		"simple-invoke":  &providers.SimpleInvokeProvider{},
	}
	name := strings.TrimPrefix(filepath.Base(os.Args[0]), "pulumi-resource-")
	provider, found := known[name]
	if !found {
		fmt.Fprintln(os.Stderr, "no provider is called", name)
		os.Exit(2)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	server := grpc.NewServer()
	pulumirpc.RegisterResourceProviderServer(server, plugin.NewProviderServer(provider))
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	if err := server.Serve(listener); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
