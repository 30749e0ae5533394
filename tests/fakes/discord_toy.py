"""A small app of discord.py, to try the Discord on loopback with: it repeats what it is asked."""

import io
from collections.abc import Iterable

import discord
from discord import app_commands, ui


class Toy(discord.Client):
    """Answers mentions and direct messages, /ask (deferred), /whisper (private), "Find these words", buttons, a menu and a modal."""

    def __init__(self, *, intents: Iterable[str] = ("guilds", "guild_messages", "dm_messages"), heartbeat_timeout: float = 60) -> None:
        wanted = discord.Intents(**dict.fromkeys(intents, True))
        nobody = discord.AllowedMentions.none()
        super().__init__(intents=wanted, guild_ready_timeout=0.01, heartbeat_timeout=heartbeat_timeout, allowed_mentions=nobody)
        self.tree = app_commands.CommandTree(self)
        self.left: list[str] = []
        self.tree.add_command(_ask)
        self.tree.add_command(_whisper)
        self.tree.add_command(_find)
        self.tree.add_command(_Digest(name="digest", description="Digests"))

    async def setup_hook(self) -> None:
        self.add_view(Buttons())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify again at once: discord.py waits for five seconds."""

    async def on_message(self, message: discord.Message) -> None:
        if not message.author.bot and (message.guild is None or (self.user and self.user.mentioned_in(message))):
            await message.reply(f"You said: {message.content.partition('> ')[2] or message.content}", view=Buttons())

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.left.append(guild.name)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.left.append(f"not {guild.name}")

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.left.append(channel.name)


@app_commands.command(name="ask", description="Ask")
async def _ask(interaction: discord.Interaction, question: str, who: discord.User | None = None) -> None:
    await interaction.response.defer(thinking=True)
    words = io.BytesIO(question.encode())
    about = f" of {who.name}" if who else ""
    await interaction.followup.send(f"Asked: {question}{about}", file=discord.File(words, "question.txt"))


@_ask.autocomplete("question")
async def _suggest(_interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed} {end}", value=f"{typed}-{end}") for end in ("ferry", "mill")]


@app_commands.command(name="whisper", description="Ask alone")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def _whisper(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("For you", ephemeral=True, view=Buttons())


@app_commands.context_menu(name="Find these words")
async def _find(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(embed=discord.Embed(title="Found", description=f"> **{message.content}**"))


class _Digest(app_commands.Group):
    @app_commands.command(description="Begin")
    async def new(self, interaction: discord.Interaction, about: str) -> None:
        await interaction.response.send_message(f"Digest about {about}")


class Buttons(ui.View):
    """Two buttons and a menu that work in old messages."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="More", custom_id="more")
    async def more(self, interaction: discord.Interaction, _button: ui.Button["Buttons"]) -> None:
        await interaction.response.edit_message(content="More of it", view=self)

    @ui.button(label="Fix", custom_id="fix")
    async def fix(self, interaction: discord.Interaction, _button: ui.Button["Buttons"]) -> None:
        await interaction.response.send_modal(Fix())

    @ui.select(placeholder="Speaker", custom_id="speaker", options=[discord.SelectOption(label="Ann Bell", value="1")])
    async def speaker(self, interaction: discord.Interaction, menu: ui.Select["Buttons"]) -> None:
        await interaction.response.defer()
        await interaction.followup.send(f"Chosen: {menu.values[0]}", ephemeral=True)


class Fix(ui.Modal, title="Who said it?"):
    """Asks for a name and a reason."""

    name: ui.TextInput["Fix"] = ui.TextInput(label="Name", max_length=10)
    reason: ui.Label["Fix"] = ui.Label(
        text="Reason", component=ui.Select(custom_id="reason", options=[discord.SelectOption(label="Wrong", value="w")], required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.reason.component, ui.Select)
        await interaction.response.send_message(f"Fixed: {self.name.value}, {self.reason.component.values}", ephemeral=True)
